// U+0600-0605 and the others here are format characters, yet visible: they enclose the digits that follow.
const visible = '\\n\\t\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}';

/**
 * Class of the characters that may be hidden, a control or unassignable; all others pass untouched.
 * Unassigned code points (Cn) are not in it: what they are depends on the runtime's age, and new emoji would be eaten.
 */
export const candidate = `[[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Cc}\\p{Cs}\\p{Co}\\p{Noncharacter_Code_Point}]--[${visible}]]`;

/** Class of the combining marks that are not candidates themselves; variation selectors are both. */
export const mark = `[\\p{M}--${candidate}]`;

/** Text in which no rule of this folder but the stuffing can apply. */
export const plainPattern = /^[\n\t\x20-\x7E]*$/;

/** What a removed or escaped character was, for the operator's report. */
export type HiddenClass =
  | 'bidi'
  | 'control'
  | 'egyptian'
  | 'filler'
  | 'joiner'
  | 'mongolian'
  | 'noncharacter'
  | 'other'
  | 'private-use'
  | 'space'
  | 'surrogate'
  | 'tag'
  | 'variation-selector';

/** @param code A candidate. */
export function hiddenClassOf(code: number): HiddenClass {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'control';
  if (code === 0x200b) return 'space';
  if (code === 0x200c || code === 0x200d) return 'joiner';
  if (isBidi(code)) return 'bidi';
  if ((code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef)) return 'variation-selector';
  if (code >= 0xe0000 && code <= 0xe007f) return 'tag';
  if (code >= 0x180b && code <= 0x180f) return 'mongolian';
  if (isFiller(code)) return 'filler';
  if (code >= 0x13430 && code <= 0x1345f) return 'egyptian';
  if (code >= 0xd800 && code <= 0xdfff) return 'surrogate';
  if ((code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)) return 'noncharacter';
  if ((code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000) return 'private-use';
  return 'other';
}

/** Marks, embeddings, overrides and isolates of UAX 9. */
export function isBidi(code: number): boolean {
  return (
    code === 0x200e ||
    code === 0x200f ||
    code === 0x061c ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

function isFiller(code: number): boolean {
  return (
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x3164 ||
    code === 0xffa0 ||
    code === 0x17b4 ||
    code === 0x17b5 ||
    code === 0x034f
  );
}
