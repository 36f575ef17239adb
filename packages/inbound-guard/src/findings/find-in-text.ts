import { hasGutterSpoof, hasMarkerSpoof } from './marker-spoof.ts';

/**
 * Something an operator may want to know of a message. None of it changes what the model reads, and none is proof:
 * ordinary messages have links, and people who write about attacks quote them.
 *
 * - `marker-spoof`: something looks like the name of the block, in whatever letters.
 * - `gutter-spoof`: a line begins like a line of a body.
 * - `chat-token`: a chat-template token was taken apart, or a notation of the guard was quoted.
 * - `role-line`: a line begins like a turn of another speaker.
 * - `override-phrase`: "ignore previous instructions" and its English kin.
 * - `remote-image`: markdown or HTML for an image elsewhere, which leaks when it is rendered.
 * - `link`: an address of the web.
 * - `encoded-run`: a long run of base64 or hex.
 * - `hidden-payload`: the characters taken out carried something.
 * - `sent-in-future`, `sent-long-ago`: the network's time is 5 minutes ahead, or 24 hours behind.
 */
export type GuardFinding =
  | 'marker-spoof'
  | 'gutter-spoof'
  | 'chat-token'
  | 'role-line'
  | 'override-phrase'
  | 'remote-image'
  | 'link'
  | 'encoded-run'
  | 'hidden-payload'
  | 'sent-in-future'
  | 'sent-long-ago';

const patterns: readonly (readonly [GuardFinding, RegExp])[] = [
  ['role-line', /^[ \t]*(?:#{1,6} ?)?(?:system|assistant|human|user|developer|instructions?)[ \t]*:/im],
  [
    'override-phrase',
    /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|message|context)/i,
  ],
  ['remote-image', /!\[[^\][\n]{0,200}\]\(|<img\b/i],
  ['link', /\bhttps?:\/\//i],
];

/** Findings in a rendered body. Bounded by the size of the body, and linear in it. */
export function findInText(text: string, gutter: string): GuardFinding[] {
  const findings = patterns.filter(([, pattern]) => pattern.test(text)).map(([finding]) => finding);
  if (hasEncodedRun(text)) findings.push('encoded-run');
  if (hasMarkerSpoof(text)) findings.push('marker-spoof');
  if (hasGutterSpoof(text, gutter)) findings.push('gutter-spoof');
  return findings;
}

const encodedLength = 80;

/** Whether 80 characters of base64 or hex stand in a row. Looks from the end of each window: text with spaces is skipped over. */
function hasEncodedRun(text: string): boolean {
  let end = encodedLength - 1;
  while (end < text.length) {
    let at = end;
    while (at > end - encodedLength && isEncoded(text.charCodeAt(at))) at -= 1;
    if (at === end - encodedLength) return true;
    end = at + encodedLength;
  }
  return false;
}

function isEncoded(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x3d ||
    code === 0x5f
  );
}
