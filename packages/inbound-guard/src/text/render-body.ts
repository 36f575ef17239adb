import { type Optional, withDefaults } from '@xmtp-messaging/errors';
import { collapseBlankLines } from './collapse-blank-lines.ts';
import { canonicalLines } from './canonical-lines.ts';
import { type HiddenClass, plainPattern } from './candidates.ts';
import { createTally, hiddenPass } from './hidden-pass.ts';
import { capMarks } from './cap-marks.ts';
import { partModelTokens } from './model-tokens.ts';
import { openEscapes, stuff } from './stuffing.ts';
import { type TextLimits, truncate } from './truncate.ts';

/** The defaults of `BoundaryOptions.limits`. */
export const textLimits: TextLimits = { maxBytes: 16_384, maxLines: 512 };

/**
 * UTF-16 units that are looked at for each byte that may be shown. The second half makes up for what the passes take
 * out; what lies behind is counted, and costs nothing else.
 */
const windowSize = 2;

/** How much of a text is rendered, and what else must not stand in it. */
export interface RenderOptions extends Optional<TextLimits> {
  /** Tokens of the model that reads it, beside those that are known by their shape. @default [] */
  modelTokens?: readonly string[] | undefined;
}

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
  /** Characters before truncation; equal to `length` when nothing was cut. What was not looked at counts as it came. */
  fullLength: number;
  /** Whether `text` leaves something out. */
  truncated: boolean;
}

/**
 * Renders what a stranger wrote into text that is safe to show: canonical lines, hidden characters out, controls
 * visible, tokens stuffed, blank lines collapsed, then cut at the limits. The order matters: a hidden character taken
 * out after the stuffing could put a token together. The work is bounded by `maxBytes`, not by the length of the text:
 * twice as many characters are looked at, and a text that hides more than that in front is shown as cut.
 * `Infinity` lifts a limit; without `maxBytes` the work is linear in the length of the text.
 */
export function renderBody(text: string, options: RenderOptions = {}): RenderedBody {
  const { modelTokens = [], ...limits } = options;
  const bounds = withDefaults(textLimits, limits);
  const tally = createTally();
  const looked = characterStart(text, windowSize * bounds.maxBytes);
  let body = canonicalLines(text.slice(0, looked));
  let marksDropped = 0;
  const isPlain = plainPattern.test(body);
  if (!isPlain) {
    const capped = capMarks(body);
    marksDropped = capped.dropped;
    body = hiddenPass(capped.text, tally);
  }
  const stuffed = stuff(partModelTokens(body, modelTokens));
  const blank = collapseBlankLines(stuffed, tally.budget);
  const cut = truncate(blank.text, bounds);
  const count = isPlain ? (plain: string) => plain.length : countCharacters;
  const rendered = count(blank.text);
  const isWhole = looked === text.length;
  return {
    text: openEscapes(cut.text),
    removed: tally.removed,
    removedText: tally.removedText,
    escaped: tally.escaped,
    marksDropped,
    stuffed: stuffed.length - body.length,
    blankLines: blank.collapsed,
    length: cut.truncated ? count(cut.text) : rendered,
    fullLength: isWhole ? rendered : rendered + countCharacters(text.slice(looked)),
    truncated: cut.truncated || !isWhole,
  };
}

/** `index`, or the start of the character that it would part; the end of a text that is shorter. */
function characterStart(text: string, index: number): number {
  if (index >= text.length) return text.length;
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00 ? index - 1 : index;
}

function countCharacters(text: string): number {
  let trailing = 0;
  for (let index = 0; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00) trailing += 1;
  }
  return text.length - trailing;
}
