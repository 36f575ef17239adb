/** The text of a file that a person edits, or what is wrong with its bytes: words that follow the file's name. */
export type DecodedText = { ok: true; text: string } | { ok: false; why: string };

/**
 * Decodes UTF-8, without its byte order mark. Anything else is named, not guessed: read as UTF-8, a file that an editor
 * saved in UTF-16 is empty of every setting in it, without an error.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second, third, fourth] = bytes;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Of two-byte text without a mark, one byte of the first characters is zero; no text file has any.
  const isWide = (first === 0 && second !== 0) || (second === 0 && fourth === 0 && first !== 0 && third !== 0);
  if (isMarked || (bytes.length > 1 && isWide)) return { ok: false, why: 'is UTF-16; save it as UTF-8' };
  if (bytes.includes(0)) return { ok: false, why: 'holds NUL bytes, so it is no text; save it as UTF-8' };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { ok: false, why: 'is not UTF-8; save it as UTF-8' };
  }
}

/** The offset of the first tab that indents a line of a YAML text up to `before`; `null` without one. */
export function indentingTab(text: string, before = text.length): number | null {
  const match = /^ *\t/m.exec(text);
  if (match === null) return null;
  const offset = match.index + match[0].length - 1;
  return offset <= before ? offset : null;
}

/** What to say of it. */
export const tabMessage = 'This line is indented with a tab; YAML takes spaces only.';
