import { OPENING } from './stuffing.ts';

/** A line end, then three or more lines with nothing to see on them. U+2800 is the blank braille cell. */
const FLOOD = /\n(?:[\t\p{Zs}\u2800]*\n){3,}/gu;

/** Collapses blank lines, which push what follows out of sight. */
export function collapseBlankLines(text: string, budget: number): { text: string; collapsed: number } {
  let collapsed = 0;
  let left = budget;
  const out = text.replace(FLOOD, (flood: string) => {
    let lines = -1;
    for (let index = flood.indexOf('\n'); index !== -1; index = flood.indexOf('\n', index + 1)) lines += 1;
    collapsed += lines;
    left -= 1;
    return left >= 0 ? `\n${OPENING}guard: ${lines} blank lines]\n` : '\n\n\n';
  });
  return { text: out, collapsed };
}
