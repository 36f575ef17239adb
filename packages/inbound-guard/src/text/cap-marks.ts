import { candidate, mark } from './candidates.ts';

/** More marks than any language stacks on one letter; UAX 15 allows 30, which is enough to paint over lines. */
const MAX_MARKS = 8;

const SUSPICIOUS = new RegExp(`[\\p{M}${candidate}]{${MAX_MARKS + 1}}`, 'v');
// In pieces, since a run of megabytes would overflow the stack of the regular expression.
const STACK = new RegExp(`[\\p{M}${candidate}]{1,1024}`, 'gv');
const MARK = new RegExp(mark, 'gv');

/** Keeps eight combining marks on each base. Candidates in between are left for the hidden pass and do not count. */
export function capMarks(text: string): { text: string; dropped: number } {
  if (!SUSPICIOUS.test(text)) return { text, dropped: 0 };
  let dropped = 0;
  let seen = 0;
  let end = -1;
  const capped = text.replace(STACK, (stack: string, offset: number) => {
    if (offset !== end) seen = 0;
    end = offset + stack.length;
    return stack.replace(MARK, (one: string) => {
      seen += 1;
      if (seen <= MAX_MARKS) return one;
      dropped += 1;
      return '';
    });
  });
  return { text: capped, dropped };
}
