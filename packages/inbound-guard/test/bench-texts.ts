/** Ordinary text to measure with. */
export const englishText =
  'The quick brown fox asked its agent, politely, whether the meeting on Tuesday could move to 3 pm.\n' +
  'It would be "fine" either way; the invoice (no. 4711) is attached, and x.com has the picture.\n';

export const multilingualText =
  'می‌خواهم فردا با شما صحبت کنم. שלום, מה שלומך היום? हम कल मिलेंगे और बात करेंगे। ' +
  '明日の会議は三時からです。내일 회의는 세 시에 시작합니다. พรุ่งนี้เราจะพบกัน Встретимся завтра в три. 👩‍👩‍👧 ❤️ 🇯🇵 👍🏽\n';

/** Units whose repetition is hard for one rule or another. */
export const adversarialTexts: readonly (readonly [string, string])[] = [
  ['zero-width spaces', '\u200B'],
  ['letter, zero-width space', 'a\u200B'],
  ['<|', '<|'],
  ['[\\\\', '[\\\\'],
  ['< and 50 backslashes', `<${'\\'.repeat(50)}`],
  ['right-to-left with marks', 'א\u200E'],
  ['isolates', 'א\u2067ב\u2069'],
  ['unclosed isolates', 'א\u2067'],
  ['emoji joined', '👩\u200D'],
  ['variation selectors', '😀\u{E0100}\u{E0155}'],
  ['tags', '\u{E0041}'],
  ['CRLF', '\r\n'],
  ['line feeds', '\n'],
  ['vertical tabs', '\v'],
  ['short lines', 'a\n'],
  ['lines of spaces', '          \n'],
  ['combining marks', 'a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A\u030B\u030C'],
  ['marks and selectors', '\u0301\uFE0F'],
  ['lone surrogates', 'a\uD800'],
  ['controls', '\u001B['],
  ['x m t', 'x m t '],
  ['multiplication signs', '×'],
  ['spoofed marker', 'υntrusted_xmtp_messagе '],
  ['images', '!['],
  ['virama chains', 'क्\u200D'],
];
