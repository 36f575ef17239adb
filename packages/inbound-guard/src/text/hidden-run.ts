import { isBidi } from './candidates.ts';
import { characterAt, characterBefore, neighbour } from './neighbour.ts';

/** Controls that the scripts concerned need next to their own letters. */
const mongolianPattern = /^[\u180B-\u180F]{1,2}$/;
const jamoFillersPattern = /^\u115F?\u1160?$/;
const egyptianPattern = /^[\u{13430}-\u{1345F}]{1,2}$/u;
/** England, Scotland and Wales: the only recommended tag sequences of UTS 51. */
const flagTagsPattern =
  /^(?:\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F})$/u;
/** No legitimate run is longer; beyond it the context is not looked at. */
const longest = 12;

/**
 * Whether a whole run of candidates is legitimate where it stands.
 * The neighbours are never candidates themselves, so what justifies a run stays: the pass gives the same when repeated.
 */
export function isLegitimateRun(run: string, text: string, offset: number): boolean {
  if (run.length > longest) return false;
  const before = characterBefore(text, offset);
  const after = characterAt(text, offset + run.length);
  switch (run) {
    case '\uFE0F':
    case '\uFE0E':
      return neighbour.emoji.test(before);
    case '\u200B':
      return neighbour.unspaced.test(before) && neighbour.unspaced.test(after);
    case '\u200C':
      return neighbour.joining.test(before) && neighbour.joining.test(after);
    case '\u200D':
      return (
        (neighbour.pictograph.test(after) && joinsEmoji(text, offset, before)) ||
        (neighbour.joining.test(before) && neighbour.joining.test(after)) ||
        neighbour.virama.test(before)
      );
    case '\uFE0F\u200D':
      return neighbour.pictograph.test(after) && joinsEmoji(text, offset, before);
    default:
      return isScriptControl(run, before, after);
  }
}

/** GB11 of UAX 29: a pictograph, perhaps with a skin tone, stands before the joiner. */
function joinsEmoji(text: string, offset: number, before: string): boolean {
  const base = neighbour.emojiModifier.test(before) ? characterBefore(text, offset - before.length) : before;
  return neighbour.pictograph.test(base);
}

function isScriptControl(run: string, before: string, after: string): boolean {
  const stands = (beside: RegExp) => beside.test(before) || beside.test(after);
  const first = run.charCodeAt(0);
  if (first >= 0x180b && first <= 0x180f) return mongolianPattern.test(run) && stands(neighbour.mongolian);
  if (first === 0x115f || first === 0x1160) return jamoFillersPattern.test(run) && stands(neighbour.hangulJamo);
  // The high surrogates of U+13400 and of U+E0000.
  if (first === 0xd80d) return egyptianPattern.test(run) && stands(neighbour.egyptian);
  return first === 0xdb40 && before === '\u{1F3F4}' && flagTagsPattern.test(run);
}

/** What becomes of one character of a run that is not legitimate as a whole. */
export type Fate = 'keep' | 'remove' | 'show';

/** Judges the characters of one run in order. */
export function createFateOf(
  isEmojiBefore: () => boolean,
  mayKeepBidi: () => boolean,
): (code: number, isFirst: boolean) => Fate {
  let keptMark = false;
  return (code, isFirst) => {
    if (isBidi(code)) {
      const isMark = code === 0x200e || code === 0x200f;
      if (code === 0x202d || code === 0x202e) return 'show';
      if (!mayKeepBidi()) return isMark ? 'remove' : 'show';
      if (!isMark && code !== 0x061c) return 'keep';
      if (keptMark) return 'remove';
      keptMark = true;
      return 'keep';
    }
    if (isFirst && (code === 0xfe0f || code === 0xfe0e) && isEmojiBefore()) return 'keep';
    return isShown(code) ? 'show' : 'remove';
  };
}

/** Controls, lone surrogates, noncharacters and private use: no reader sees them, but their presence matters. */
function isShown(code: number): boolean {
  return (
    code < 0xa0 ||
    (code >= 0xd800 && code <= 0xf8ff) ||
    (code >= 0xfdd0 && code <= 0xfdef) ||
    (code & 0xfffe) === 0xfffe ||
    code >= 0xf0000
  );
}
