import { collapseBlankLines } from './blank-lines.ts';
import { canonicalLines } from './canonical-lines.ts';
import { type HiddenClass, PLAIN } from './candidates.ts';
import { createTally, hiddenPass } from './hidden-pass.ts';
import { capMarks } from './mark-cap.ts';
import { openEscapes, stuff } from './stuffing.ts';
import { type TextLimits, truncate } from './truncate.ts';

export const TEXT_LIMITS: TextLimits = { maxBytes: 16_384, maxLines: 512 };

/** What a model may read of a text, and what was done to get there. */
export interface RenderedBody {
  /** Lines end with LF; it has no hidden character outside the contexts that need one. */
  text: string;
  /** Hidden characters taken out, by class. */
  removed: Partial<Record<HiddenClass, number>>;
  /** The characters of `removed`, in order, at most 32,768. */
  removedText: string;
  /** Characters shown as `[U+XXXX]`. */
  escaped: number;
  /** Combining marks beyond the eighth on one base, taken out. */
  marksDropped: number;
  /** Backslashes added. */
  stuffed: number;
  /** Blank lines that became a placeholder. */
  blankLines: number;
  /** Characters (code points) of `text`. */
  length: number;
  /** Characters before truncation; equal to `length` when nothing was cut. */
  fullLength: number;
  truncated: boolean;
}

/**
 * Renders what a stranger wrote into text that is safe to show: canonical lines, hidden characters out, controls
 * visible, tokens stuffed, blank lines collapsed, then cut at the limits. The order matters: a hidden character taken
 * out after the stuffing could put a token together. Linear in the length of the text.
 * @param limits `Infinity` lifts one.
 */
export function renderBody(text: string, limits: Partial<TextLimits> = {}): RenderedBody {
  const tally = createTally();
  let body = canonicalLines(text);
  let marksDropped = 0;
  const isPlain = PLAIN.test(body);
  if (!isPlain) {
    const capped = capMarks(body);
    marksDropped = capped.dropped;
    body = hiddenPass(capped.text, tally);
  }
  const stuffed = stuff(body);
  const blank = collapseBlankLines(stuffed, tally.budget);
  const cut = truncate(blank.text, { ...TEXT_LIMITS, ...limits });
  const count = isPlain ? (plain: string) => plain.length : countCharacters;
  const fullLength = count(blank.text);
  return {
    text: openEscapes(cut.text),
    removed: tally.removed,
    removedText: tally.removedText,
    escaped: tally.escaped,
    marksDropped,
    stuffed: stuffed.length - body.length,
    blankLines: blank.collapsed,
    length: cut.truncated ? count(cut.text) : fullLength,
    fullLength,
    truncated: cut.truncated,
  };
}

function countCharacters(text: string): number {
  let trailing = 0;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00) trailing += 1;
  }
  return text.length - trailing;
}
