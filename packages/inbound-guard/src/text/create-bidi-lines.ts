import { candidate } from './candidates.ts';
import { rightToLeftPattern } from './neighbour.ts';

const visiblePattern = new RegExp(`[^${candidate}]`, 'v');
const pdf = 0x202c;
const pdi = 0x2069;

/**
 * Tells for ascending positions of one text whether their line may keep direction controls: it has letters written
 * from right to left, and all embeddings and isolates on it close in order and are not doubled.
 * Each line is looked at once, which keeps a long line of controls linear.
 */
export function createBidiLines(text: string): (index: number) => boolean {
  let end = -1;
  let allowed = false;
  return (index) => {
    if (index >= end) {
      const start = text.lastIndexOf('\n', index) + 1;
      const next = text.indexOf('\n', index);
      end = next === -1 ? text.length : next;
      const line = text.slice(start, end);
      allowed = rightToLeftPattern.test(line) && isOrderly(line);
    }
    return allowed;
  };
}

/** Whether what opens closes, in order, and no control stands twice with nothing visible in between. */
function isOrderly(line: string): boolean {
  const open: number[] = [];
  let last = -1;
  for (let index = 0; index < line.length; index += 1) {
    const code = line.charCodeAt(index);
    if (!isPaired(code)) continue;
    if (last !== -1 && line.charCodeAt(last) === code && !visiblePattern.test(line.slice(last + 1, index)))
      return false;
    last = index;
    if (code === pdf || code === pdi) {
      if (open.pop() !== code) return false;
    } else open.push(code < pdf ? pdf : pdi);
  }
  return open.length === 0;
}

/** LRE, RLE and pdf; LRI, RLI, FSI and pdi. */
function isPaired(code: number): boolean {
  return (code >= 0x202a && code <= pdf) || (code >= 0x2066 && code <= pdi);
}
