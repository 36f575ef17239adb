import { createWriter } from './create-writer.ts';
import { createShape, standsAt } from './create-shape.ts';
import { openerClass, tokenAfter, tokenOpeners } from './token-after.ts';

/**
 * Stands for the opening bracket of an escape of ours until the sender's own brackets have been stuffed.
 * A noncharacter: none survives in the sender's text.
 */
export const openingMark = '\uFDD0';

/** The word that names the block; it appears nowhere else in what a model reads. */
export const elementName = 'untrusted_xmtp_message';

const slash = 0x2f;
const backslash = 0x5c;
const nearby = 8;
const openerPattern = new RegExp(openerClass, 'g');
/** The same by code unit. */
const openers = new Uint8Array(0x1_0000);
for (const opener of tokenOpeners) openers[opener.charCodeAt(0)] = 1;
/** Notations and the marker of ours. */
const ours = createShape('[gu]', `U\\+[0-9A-F]{4,6}\\]|guard:|${elementName}`, 'iy');

/** Adds a backslash after a bracket where a chat-template token, an escape or a marker of ours would follow. */
export function stuff(text: string): string {
  const out = createWriter('\\');
  let copied = 0;
  eachStuffed(text, (start) => {
    out.add(text.slice(copied, start));
    copied = start;
  });
  if (copied === 0) return text;
  out.add(text.slice(copied));
  return out.text();
}

/** Takes out what `stuff` added: `unstuff(stuff(text)) === text` for every text. */
export function unstuff(text: string): string {
  const out = createWriter('');
  let copied = 0;
  eachStuffed(text, (start, end) => {
    if (start === end) return;
    out.add(text.slice(copied, start));
    copied = start + 1;
  });
  if (copied === 0) return text;
  out.add(text.slice(copied));
  return out.text();
}

/**
 * Calls `visit` with where the backslashes after such a bracket start and end; there may be none.
 * A loop and not `replace`, which keeps an array of each of its matches until the last one: of millions of brackets that is
 * more work than all rules together.
 */
function eachStuffed(text: string, visit: (start: number, end: number) => void): void {
  for (let at = nextOpener(text, 0); at !== -1; at = nextOpener(text, at)) {
    const opener = text.charAt(at);
    at += 1;
    const isClosing = text.charCodeAt(at) === slash;
    if (isClosing) at += 1;
    const start = at;
    while (text.charCodeAt(at) === backslash) at += 1;
    if (isStuffed(text, opener, isClosing, at)) visit(start, at);
  }
}

/** Looks by hand at what is near, which is where it stands in a flood of brackets, and leaves the rest to the regular expression. */
function nextOpener(text: string, from: number): number {
  const near = Math.min(from + nearby, text.length);
  for (let at = from; at < near; at += 1) if (openers[text.charCodeAt(at)] === 1) return at;
  openerPattern.lastIndex = near;
  return openerPattern.test(text) ? openerPattern.lastIndex - 1 : -1;
}

function isStuffed(text: string, opener: string, isClosing: boolean, at: number): boolean {
  return (opener !== ']' && standsAt(ours, text, at)) || tokenAfter(text, opener, isClosing, at) !== null;
}

/** The brackets that `openingMark` stands for. */
export function openEscapes(text: string): string {
  return text.replaceAll(openingMark, '[');
}
