import { tokenOpeners, tokenAfter } from './token-after.ts';

/**
 * Stands for the opening bracket of an escape of ours until the sender's own brackets have been stuffed.
 * A noncharacter: none survives in the sender's text.
 */
export const openingMark = '\uFDD0';

/** The word that names the block; it appears nowhere else in what a model reads. */
export const elementName = 'untrusted_xmtp_message';

const openerPattern = new RegExp(`([${tokenOpeners}])(/?)(\\\\*)`, 'g');
/** Notations and the marker of ours. */
const oursPattern = new RegExp(`U\\+[0-9A-F]{4,6}\\]|guard:|${elementName}`, 'iy');

/** Adds a backslash after a bracket where a chat-template token, an escape or a marker of ours would follow. */
export function stuff(text: string): string {
  return rewrite(text, (opener, slash, backslashes) => `${opener}${slash}\\${backslashes}`);
}

/** Takes out what `stuff` added: `unstuff(stuff(text)) === text` for every text. */
export function unstuff(text: string): string {
  return rewrite(text, (opener, slash, backslashes) => `${opener}${slash}${backslashes.slice(1)}`);
}

function rewrite(text: string, by: (opener: string, slash: string, backslashes: string) => string): string {
  return text.replace(
    openerPattern,
    (match: string, opener: string, slash: string, backslashes: string, offset: number) =>
      isStuffed(text, opener, slash !== '', offset + match.length) ? by(opener, slash, backslashes) : match,
  );
}

function isStuffed(text: string, opener: string, isClosing: boolean, at: number): boolean {
  oursPattern.lastIndex = at;
  if (opener !== ']' && oursPattern.test(text)) return true;
  return tokenAfter(text, opener, isClosing, at) !== null;
}

/** The brackets that `openingMark` stands for. */
export function openEscapes(text: string): string {
  return text.replaceAll(openingMark, '[');
}
