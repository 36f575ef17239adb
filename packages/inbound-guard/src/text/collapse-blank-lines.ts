import { openingMark } from './stuffing.ts';

/** More blank lines in a row than this are collapsed. */
const maxBlank = 2;
const shortRun = '\n'.repeat(maxBlank + 1);

/**
 * Collapses blank lines, which push what follows out of sight. A line of nothing but spaces is blank.
 * A loop and not a regular expression: a flood of a few megabytes would overflow the stack of the latter.
 */
export function collapseBlankLines(text: string, budget: number): { text: string; collapsed: number } {
  let out = '';
  let copied = 0;
  let collapsed = 0;
  let left = budget;
  for (let start = text.indexOf('\n'); start !== -1;) {
    let blanks = 0;
    let end = start;
    let next = text.indexOf('\n', end + 1);
    while (next !== -1 && isBlank(text, end + 1, next)) {
      blanks += 1;
      end = next;
      next = text.indexOf('\n', end + 1);
    }
    if (blanks > maxBlank) {
      collapsed += blanks;
      left -= 1;
      out += text.slice(copied, start) + (left >= 0 ? `\n${openingMark}guard: ${blanks} blank lines]\n` : shortRun);
      copied = end + 1;
    }
    start = next;
  }
  return { text: copied === 0 ? text : out + text.slice(copied), collapsed };
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let index = start; index < end; index += 1) if (!isSpace(text.charCodeAt(index))) return false;
  return true;
}

/** Tab, the space separators (Zs) and the blank cell of braille. */
function isSpace(code: number): boolean {
  return (
    code === 0x20 ||
    code === 0x09 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0x2800
  );
}
