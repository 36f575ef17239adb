/** A piece of text: as it is, or a character that nobody would see, by its name. */
export type Piece = { text: string } | { hidden: string };

/**
 * Controls, formats (bidirectional marks, zero-width characters, tags), private and unassigned characters, line separators,
 * and whatever else is drawn as nothing. A variation selector or joiner inside an emoji is part of it.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}/u;
const emoji =
  /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*|[0-9#*]\uFE0F\u20E3/u;
const parts = new RegExp(`(?<emoji>${emoji.source})|(?<hidden>${hidden.source})`, 'gu');

/** Splits text so that what is invisible in it can be shown. Line feeds stay, where they are wanted. */
export function splitHidden(text: string, { lines = false }: { lines?: boolean } = {}): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(parts)) {
    const found = match.groups?.['hidden'];
    if (found === undefined || (lines && (found === '\n' || found === '\t'))) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ hidden: `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` });
    from = match.index + found.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
