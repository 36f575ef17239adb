import { createBidiLines } from './create-bidi-lines.ts';
import { candidate, type HiddenClass, hiddenClassOf } from './candidates.ts';
import { createWriter } from './create-writer.ts';
import { createFateOf, type Fate, isLegitimateRun } from './hidden-run.ts';
import { characterAt, characterBefore, neighbour } from './neighbour.ts';
import { openingMark } from './stuffing.ts';

/** Runs are taken in pieces: one of megabytes would overflow the stack of the regular expression. */
const pieceLength = 256;
const piecePattern = new RegExp(`${candidate}{1,${pieceLength}}`, 'gv');
const candidatePattern = new RegExp(candidate, 'v');
/** Longer runs of removed characters leave a placeholder, so that the reader knows that something was there. */
const silentLength = 3;
/** How much of the removed text is kept for decoding. */
const maxRemoved = 32_768;

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
const escapeBudget = 32;

/** A tally of nothing. */
export function createTally(): HiddenTally {
  return { removed: {}, escaped: 0, budget: escapeBudget, removedText: '' };
}

/** Takes out or shows what is hidden, and leaves it where emoji, joining scripts and right-to-left text need it. */
export function hiddenPass(text: string, tally: HiddenTally): string {
  const mayKeepBidi = createBidiLines(text);
  const out = createWriter('');
  let rewriter: RunRewriter | null = null;
  let copied = 0;
  let end = -1;
  piecePattern.lastIndex = 0;
  for (let found = piecePattern.exec(text); found !== null; found = piecePattern.exec(text)) {
    const [piece] = found;
    const { index: offset } = found;
    const starts = offset !== end;
    end = offset + piece.length;
    const ends = piece.length < pieceLength || !candidatePattern.test(characterAt(text, end));
    if (starts && ends && isLegitimateRun(piece, text, offset)) continue;
    if (starts || rewriter === null) {
      const fateOf = createFateOf(
        () => neighbour.emoji.test(characterBefore(text, offset)),
        () => mayKeepBidi(offset),
      );
      rewriter = createRunRewriter(fateOf, tally);
    }
    out.add(text.slice(copied, offset) + rewriter(piece, ends));
    copied = end;
  }
  out.add(text.slice(copied));
  return out.text();
}

/** Rewrites one run, given in pieces. */
type RunRewriter = (piece: string, ends: boolean) => string;

function createRunRewriter(fateOf: (code: number, isFirst: boolean) => Fate, tally: HiddenTally): RunRewriter {
  let isFirst = true;
  let removedHere = 0;
  const placeholder = () => {
    const count = removedHere;
    removedHere = 0;
    if (count <= silentLength || tally.budget === 0) return '';
    tally.budget -= 1;
    return `${openingMark}guard: ${count} hidden characters]`;
  };
  return (piece, ends) => {
    let out = '';
    for (let index = 0; index < piece.length; index += 1) {
      const code = piece.codePointAt(index)!;
      if (code > 0xffff) index += 1;
      const fate = fateOf(code, isFirst);
      isFirst = false;
      if (fate !== 'remove') out += placeholder();
      if (fate === 'keep') out += String.fromCodePoint(code);
      else if (fate === 'show' && tally.budget > 0) {
        tally.budget -= 1;
        tally.escaped += 1;
        out += `${openingMark}U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
      } else {
        removedHere += 1;
        countRemoved(code, tally);
      }
    }
    return ends ? out + placeholder() : out;
  };
}

function countRemoved(code: number, tally: HiddenTally): void {
  const kind = hiddenClassOf(code);
  tally.removed[kind] = (tally.removed[kind] ?? 0) + 1;
  if (tally.removedText.length < maxRemoved) tally.removedText += String.fromCodePoint(code);
}
