import { candidate, mark } from './candidates.ts';

/** More marks than any language stacks on one letter; UAX 15 allows 30, which is enough to paint over lines. */
const maxMarks = 8;

const suspiciousPattern = new RegExp(`[\\p{M}${candidate}]{${maxMarks + 1}}`, 'v');
// In pieces, since a run of megabytes would overflow the stack of the regular expression.
const stackPattern = new RegExp(`[\\p{M}${candidate}]{1,1024}`, 'gv');
const markPattern = new RegExp(mark, 'gv');

/** Keeps eight combining marks on each base. Candidates in between are left for the hidden pass and do not count. */
export function capMarks(text: string): { text: string; dropped: number } {
  if (!suspiciousPattern.test(text)) return { text, dropped: 0 };
  let dropped = 0;
  let seen = 0;
  let end = -1;
  const capped = text.replace(stackPattern, (stack: string, offset: number) => {
    if (offset !== end) seen = 0;
    end = offset + stack.length;
    return stack.replace(markPattern, (one: string) => {
      seen += 1;
      if (seen <= maxMarks) return one;
      dropped += 1;
      return '';
    });
  });
  return { text: capped, dropped };
}
