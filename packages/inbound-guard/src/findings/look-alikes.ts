/**
 * A table of our own for the letters of our markers: characters that look like one of them and do not decompose into
 * it. Much smaller than the confusables of UTS 39, which is enough to notice a copy of a marker; nothing is passed on
 * through it.
 */
const table: Record<string, string> = {
  a: '@аАαΑɑᴀꭺᎪᗅ⍺ꓮ',
  d: 'ԁᴅᎠᗞꓓɗđɖĐ',
  e: 'еЕєҽ℮ᴇεΕɛᎬⴹꓰ',
  g: 'ɡցɢԌᏀꓖƍᶃ',
  m: 'мМΜᴍᎷᗰꓟϺⲙⲘ₥',
  n: 'пոռɴΝηꓠⲛⲚᴎ',
  p: 'рРρΡᴘᏢᑭꓑⲣⲢ⍴',
  r: 'гᴦⲅꭇꭈᴙʀᏒᖇꓣᎡɾ',
  s: '$ѕЅꜱƽՏᏕꓢʂ',
  t: 'тТτΤᴛᎢꓔⲧⲦŧŦ†',
  u: 'υսᴜꞟʋՍᑌꓴ',
  x: 'хХχΧ×ᕁᕽ᙭ꓫⲭⲬ⤫⤬⨯ҳ',
};

/** Letters in circles and squares, and flags' letters, none of which decompose. */
const alphabets = [0x1f150, 0x1f170, 0x1f1e6];

/** Where letters with a compatibility decomposition live. */
const ranges: readonly (readonly [number, number])[] = [
  [0xa0, 0x24f],
  [0x2b0, 0x2ff],
  [0x1d00, 0x1eff],
  [0x2070, 0x218f],
  [0x2460, 0x24ff],
  [0xff00, 0xffef],
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f14f],
];

/** Look-alikes of `letter`, itself in both cases included. */
export function looksOf(letter: string): string[] {
  const looks = [letter, letter.toUpperCase(), ...Array.from(table[letter] ?? '')];
  for (const start of alphabets) looks.push(String.fromCodePoint(start + letter.charCodeAt(0) - 0x61));
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code += 1) {
      const look = String.fromCodePoint(code);
      if (letterOf(look) === letter) looks.push(look);
    }
  }
  return looks;
}

function letterOf(look: string): string {
  return look
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Each look-alike that does not decompose, with its letter. */
export function simpleLooks(): Map<string, string> {
  const looks = new Map<string, string>();
  for (const [letter, alike] of Object.entries(table)) for (const look of Array.from(alike)) looks.set(look, letter);
  for (const start of alphabets) {
    for (let at = 0; at < 26; at += 1) looks.set(String.fromCodePoint(start + at), String.fromCharCode(0x61 + at));
  }
  return looks;
}
