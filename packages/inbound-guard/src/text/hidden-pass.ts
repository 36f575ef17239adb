import { createBidiLines } from './bidi-lines.ts';
import { candidate, type HiddenClass, hiddenClassOf, isBidi } from './candidates.ts';
import { createFateOf, isLegitimateRun } from './hidden-run.ts';
import { characterBefore, neighbour } from './neighbours.ts';
import { OPENING } from './stuffing.ts';

const RUN = new RegExp(`${candidate}+`, 'gv');
/** Longer runs of removed characters leave a placeholder, so that the reader knows that something was there. */
const SILENT = 3;
/** How much of the removed text is kept for decoding. */
const MAX_REMOVED = 32_768;

/** What was found while a text was rendered. */
export interface HiddenTally {
  /** Characters taken out, by class. */
  removed: Partial<Record<HiddenClass, number>>;
  /** Characters shown as `[U+XXXX]`. */
  escaped: number;
  /** How many more placeholders and escapes this message may hold. */
  budget: number;
  /** The removed characters, in order, at most 32,768: the carrier of a hidden payload. */
  removedText: string;
}

/** Placeholders and escapes a message may hold; past them removal is silent and only counted. */
export const ESCAPE_BUDGET = 32;

export function createTally(): HiddenTally {
  return { removed: {}, escaped: 0, budget: ESCAPE_BUDGET, removedText: '' };
}

/** Takes out or shows what is hidden, and leaves it where emoji, joining scripts and right-to-left text need it. */
export function hiddenPass(text: string, tally: HiddenTally): string {
  const mayKeepBidi = createBidiLines(text);
  return text.replace(RUN, (run: string, offset: number) =>
    isLegitimateRun(run, text, offset) ? run : rewriteRun(run, text, offset, mayKeepBidi, tally),
  );
}

function rewriteRun(
  run: string,
  text: string,
  offset: number,
  mayKeepBidi: (index: number) => boolean,
  tally: HiddenTally,
): string {
  const emojiBefore = neighbour.emoji.test(characterBefore(text, offset));
  const fateOf = createFateOf(emojiBefore, isBidiIn(run) && mayKeepBidi(offset));
  let out = '';
  let removedHere = 0;
  let index = 0;
  const flush = () => {
    if (removedHere > SILENT && tally.budget > 0) {
      tally.budget -= 1;
      out += `${OPENING}guard: ${removedHere} hidden characters]`;
    }
    removedHere = 0;
  };
  while (index < run.length) {
    const code = run.codePointAt(index)!;
    const width = code > 0xffff ? 2 : 1;
    const fate = fateOf(code, index === 0);
    if (fate === 'keep') {
      flush();
      out += String.fromCodePoint(code);
    } else if (fate === 'show' && tally.budget > 0) {
      flush();
      if (tally.budget > 0) {
        tally.budget -= 1;
        tally.escaped += 1;
        out += `${OPENING}U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
      } else count(code, tally);
    } else {
      removedHere += 1;
      count(code, tally);
    }
    index += width;
  }
  flush();
  return out;
}

function count(code: number, tally: HiddenTally): void {
  const kind = hiddenClassOf(code);
  tally.removed[kind] = (tally.removed[kind] ?? 0) + 1;
  if (tally.removedText.length < MAX_REMOVED) tally.removedText += String.fromCodePoint(code);
}

function isBidiIn(run: string): boolean {
  for (let index = 0; index < run.length; index += 1) if (isBidi(run.charCodeAt(index))) return true;
  return false;
}
