import { TOKEN_OPENERS, tokenAfter } from './token-after.ts';

/**
 * Stands for the opening bracket of an escape of ours until the sender's own brackets have been stuffed.
 * A noncharacter: none survives in the sender's text.
 */
export const OPENING = '\uFDD0';

/** The word that names the block; it appears nowhere else in what a model reads. */
export const ELEMENT = 'untrusted_xmtp_message';

const OPENER = new RegExp(`([${TOKEN_OPENERS}])(/?)(\\\\*)`, 'g');
/** Notations and the marker of ours. */
const OURS = new RegExp(`U\\+[0-9A-F]{4,6}\\]|guard:|${ELEMENT}`, 'iy');

/** Adds a backslash after a bracket where a chat-template token, an escape or a marker of ours would follow. */
export function stuff(text: string): string {
  return rewrite(text, (opener, slash, backslashes) => `${opener}${slash}\\${backslashes}`);
}

/** Takes out what `stuff` added: `unstuff(stuff(text)) === text` for every text. */
export function unstuff(text: string): string {
  return rewrite(text, (opener, slash, backslashes) => `${opener}${slash}${backslashes.slice(1)}`);
}

function rewrite(text: string, by: (opener: string, slash: string, backslashes: string) => string): string {
  return text.replace(OPENER, (match: string, opener: string, slash: string, backslashes: string, offset: number) =>
    isStuffed(text, opener, slash !== '', offset + match.length) ? by(opener, slash, backslashes) : match,
  );
}

function isStuffed(text: string, opener: string, isClosing: boolean, at: number): boolean {
  OURS.lastIndex = at;
  if (opener !== ']' && OURS.test(text)) return true;
  return tokenAfter(text, opener, isClosing, at) !== null;
}

/** The brackets that `OPENING` stands for. */
export function openEscapes(text: string): string {
  return text.replaceAll(OPENING, '[');
}
