import { elementName } from '../text/stuffing.ts';
import { looksOf, simpleLooks } from './look-alikes.ts';

const markerPattern = elementName.replaceAll('_', '');
/** Notations of ours, which may stand between the letters of a copy. */
const notationPattern = /\[(?:U\+[0-9A-F]{4,6}|guard: \d{1,9} [a-z ]{1,20})\]/g;
const barCharacters = '[|\\uFF5C\\u00A6\\u2502\\u2223\\u01C0]';

interface Looks {
  /** "xmtp" in any letters, the rarest part of the marker: texts without it need no closer look. */
  hint: RegExp;
  folded: Map<string, string>;
}

let looks: Looks | null = null;

/** Built at the first use: it takes a few milliseconds. */
function prepare(): Looks {
  const [x = '', m = '', t = '', p = ''] = ['x', 'm', 't', 'p'].map((letter) =>
    looksOf(letter)
      .map((look) => `\\u{${look.codePointAt(0)!.toString(16)}}`)
      .join(''),
  );
  // Gaps hold no character of the four classes, so that a match never has to look back over them.
  const gap = `[^\\p{L}\\p{N}${x}${m}${t}${p}]*`;
  return { hint: new RegExp(`[${x}]${gap}(?:[${m}]|rn)${gap}[${t}]${gap}[${p}]`, 'u'), folded: simpleLooks() };
}

/**
 * Letters and digits of `text` as ASCII in lower case, with look-alikes folded and everything else dropped.
 * For looking only: what a sender wrote is never passed on in this form.
 */
export function skeleton(text: string): string {
  looks ??= prepare();
  const { folded } = looks;
  return text
    .replace(/[^\0-\x23\x25-\x3F\x41-\x7F]/gu, (look) => folded.get(look) ?? look)
    .normalize('NFKD')
    .replace(/[^\0-\x7F]/gu, (look) => folded.get(look) ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

/** Whether a body holds something that looks like the name of our block, in whatever letters. */
export function hasMarkerSpoof(text: string): boolean {
  looks ??= prepare();
  const written = text.includes('[') ? text.replace(notationPattern, '') : text;
  if (!looks.hint.test(written)) return false;
  const bones = skeleton(written);
  return bones.includes(markerPattern) || bones.replaceAll('rn', 'm').includes(markerPattern);
}

/** Whether a line of a body begins like a line of a body. */
export function hasGutterSpoof(text: string, gutter: string): boolean {
  return text.includes(gutter) && new RegExp(`^[^\\p{L}\\p{N}\\n]*${gutter}[\\t ]*${barCharacters}`, 'mu').test(text);
}
