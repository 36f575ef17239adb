import { hasUnseen } from '../quote-input.ts';
import { isTooLong, normalizeName } from './normalize-name.ts';

/** What stands beside an address on a list. */
export type ListName =
  | {
      ok: true;
      /** `name`: may be resolved, in ENSIP-15 form. `label`: the operator's own words, never resolved. */
      kind: 'name' | 'label';
      text: string;
    }
  | {
      ok: false;
      /** The end of a sentence that begins with the text. */
      why: string;
    };

// A dot, and no space: it was meant as a name. The dots of other keyboards count, so that they are refused and not kept.
const nameLike = /^[^\s/]*[.\u3002\uFF0E\uFF61][^\s/]*$/u;
const address = /^0x[0-9a-f]{40}$/i;
// Emoji hold joiners, selectors and tags that are right inside them and nowhere else.
const emoji = new RegExp(
  String.raw`\p{RGI_Emoji}|\p{Extended_Pictographic}(?:\uFE0F?\u200D\p{Extended_Pictographic})+|[\p{Extended_Pictographic}0-9#*]\uFE0F`,
  'gv',
);
const otherBlank = /(?! )\p{Zs}/u;

/** Whether a text is to be read as a name that somebody could resolve, valid or not. */
export function looksLikeName(text: string): boolean {
  return typeof text === 'string' && nameLike.test(text);
}

/**
 * What a person wrote beside an address. A name is normalised; one that cannot be is refused, or it would stand for
 * nothing while it looks like somebody.
 */
export function readListName(text: string): ListName {
  if (typeof text !== 'string') return { ok: false, why: 'is no text' };
  if (text.trim() !== text || text === '') return { ok: false, why: 'is empty or has spaces around it' };
  if (isTooLong(text)) return { ok: false, why: 'is longer than 255 bytes' };
  if (address.test(text)) return { ok: false, why: 'is an address; put it under "address"' };
  if (looksLikeName(text)) {
    const normalized = normalizeName(text);
    if (normalized.ok) return { ok: true, kind: 'name', text: normalized.name };
    if (isUnseen(text)) return { ok: false, why: 'has characters that cannot be seen' };
    return { ok: false, why: 'is not a valid ENS name (ENSIP-15)' };
  }
  return readLabel(text);
}

/** Whether what stands beside an address can be looked up; else it is a label. */
export function isName(text: string): boolean {
  const read = readListName(text);
  return read.ok && read.kind === 'name';
}

/** As `readListName` for what already stands in a file: a name that nobody can own any more is a label there. */
export function readListedName(text: string): ListName {
  const read = readListName(text);
  return read.ok || !looksLikeName(text) || isTooLong(text) ? read : readLabel(text);
}

/** The form under which two names or labels are the same one; empty, which is nobody's, for what is no text. */
export function nameKey(text: string): string {
  if (typeof text !== 'string') return '';
  if (!text.includes(' ')) {
    const normalized = normalizeName(text);
    if (normalized.ok) return normalized.name;
  }
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}

function readLabel(text: string): ListName {
  if (isUnseen(text)) return { ok: false, why: 'has characters that cannot be seen' };
  return { ok: true, kind: 'label', text: text.normalize('NFC') };
}

function isUnseen(text: string): boolean {
  return otherBlank.test(text) || hasUnseen(text.replaceAll(emoji, ''));
}
