/** Joins the parts of an emoji, or asks for its coloured form. Anywhere else the same characters hide something. */
const inEmoji = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)`;
/** Controls, formats, surrogates, private use, line breaks, fillers, and marks that pile up. */
const hidden = String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{DI}\u2800]|(?!\p{Extended_Pictographic})\p{Cn}|(?<=\p{M}{3})\p{M}`;
const unseen = new RegExp(`(?!${inEmoji})(?:${hidden})`, 'u');
/** Blanks that look like the space as well. */
const everyUnseen = new RegExp(`(?!${inEmoji})(?:${hidden}|(?! )\\p{Zs})`, 'gu');

const escape = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** Whether `text` has characters that cannot be seen, or that change how others are seen. Emoji are what they are. */
export function hasUnseen(text: string): boolean {
  return unseen.test(text);
}

/** `text` for a terminal: line breaks stay, whatever else cannot be seen is escaped (`\u{1b}`). */
export function printable(text: string): string {
  return text.replaceAll(everyUnseen, (character) => (character === '\n' ? character : escape(character)));
}

/**
 * JSON for a terminal: the same value to whoever parses it, and nothing in it that a terminal obeys or that cannot be seen.
 * @param space Spaces to indent by. @default all on one line
 */
export function printableJson(value: unknown, space?: number): string {
  // Line breaks stand between values only; within strings JSON has escaped them.
  return JSON.stringify(value, null, space).replaceAll(everyUnseen, (character) =>
    character === '\n' ? character : character.split('').map(unit).join(''),
  );
}

const unit = (half: string) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** How input is quoted. */
export interface QuoteInputOptions {
  /** Characters that are shown. @default 80 */
  maxLength?: number | undefined;
  /** Escape all but ASCII: where letters that look alike must be told apart. @default false */
  ascii?: boolean | undefined;
}

/** Input as it may stand in an error or a log line: in quotes, on one line, nothing in it unseen, cut when it is long. Of what is no text, its type. */
export function quoteInput(text: string, options: QuoteInputOptions = {}): string {
  const { maxLength = 80, ascii = false } = options;
  if (typeof text !== 'string') return `(${typeof text})`;
  // Cut before any other work; a pair of surrogates may be in the way.
  const start = text.slice(0, maxLength * 2);
  const characters = Array.from(start);
  const isCut = characters.length > maxLength || start.length < text.length;
  const shown = isCut ? characters.slice(0, maxLength).join('') : start;
  const escaped = shown.replaceAll(/["\\]/gu, String.raw`\$&`).replaceAll(ascii ? /[^ -~]/gu : everyUnseen, escape);
  return `"${escaped}${isCut ? '...' : ''}"`;
}
