import { candidate, mark } from './candidates.ts';

/** More marks than any language stacks on one letter; UAX 15 allows 30, which is enough to paint over lines. */
const MAX_MARKS = 8;

const SUSPICIOUS = new RegExp(`[\\p{M}${candidate}]{${MAX_MARKS + 1}}`, 'v');
const STACK = new RegExp(`[\\p{M}${candidate}]{${MAX_MARKS + 1},}`, 'gv');
const MARK = new RegExp(mark, 'gv');

/** Keeps eight combining marks on each base. Candidates in between are left for the hidden pass and do not count. */
export function capMarks(text: string): { text: string; dropped: number } {
  if (!SUSPICIOUS.test(text)) return { text, dropped: 0 };
  let dropped = 0;
  const capped = text.replace(STACK, (stack: string) => {
    let seen = 0;
    return stack.replace(MARK, (one: string) => {
      seen += 1;
      if (seen <= MAX_MARKS) return one;
      dropped += 1;
      return '';
    });
  });
  return { text: capped, dropped };
}
