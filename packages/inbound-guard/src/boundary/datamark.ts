import { candidate } from '../text/candidates.ts';

/** Characters without a mark in a run without spaces: Chinese, Japanese, Thai, base64. */
const strideLength = 8;
/** A character with more parts than this is made up to stay unmarked, and is parted. */
const longest = 32;

const virama = '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA\\u1039\\u17D2]';
// What UAX 29 never parts from the character before it. Thai and Lao AM, and the vowels and finals of Hangul, belong here.
const extend = `[\\p{M}\\p{Emoji_Modifier}${candidate}\\u0E33\\u0EB3\\u1160-\\u11FF\\uD7B0-\\uD7FF]`;
const cluster = `(?:\\p{RI}{2}|.)(?:\\u200D\\p{Extended_Pictographic}|${virama}[\\u200C\\u200D]?\\p{L}|${extend}){0,${longest}}`;
const piecePattern = new RegExp(`[\\t\\p{Zs}]+|\\n|${cluster}`, 'gvs');
const asciiStridePattern = /[!-~]{8}(?=[!-~])/g;
const asciiPattern = /^[\n\t\x20-\x7E]*$/;

/**
 * Puts `mark` before each run of whitespace, and at least every eight characters where there is none, never inside a
 * character as a reader sees it. Nothing is replaced: without the marks it is the same text again.
 */
export function datamark(text: string, mark: string): string {
  if (asciiPattern.test(text)) {
    return text.replace(asciiStridePattern, `$&${mark}`).replace(/[\t ]+/g, `${mark}$&`);
  }
  let since = 0;
  return text.replace(piecePattern, (piece: string) => {
    const first = piece.charCodeAt(0);
    if (first === 0x0a) {
      since = 0;
      return piece;
    }
    if (first === 0x20 || first === 0x09 || /^\p{Zs}/u.test(piece)) {
      since = 0;
      return mark + piece;
    }
    since += 1;
    if (since <= strideLength) return piece;
    since = 1;
    return mark + piece;
  });
}

/** The text that was marked. A body never holds a private-use character of its own. */
export function removeMarks(text: string, mark: string): string {
  return text.replaceAll(mark, '');
}
