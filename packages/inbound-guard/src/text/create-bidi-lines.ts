import { candidate } from './candidates.ts';
import { RIGHT_TO_LEFT } from './neighbours.ts';

const VISIBLE = new RegExp(`[^${candidate}]`, 'v');
const PDF = 0x202c;
const PDI = 0x2069;

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
      allowed = RIGHT_TO_LEFT.test(line) && isOrderly(line);
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
    if (last !== -1 && line.charCodeAt(last) === code && !VISIBLE.test(line.slice(last + 1, index))) return false;
    last = index;
    if (code === PDF || code === PDI) {
      if (open.pop() !== code) return false;
    } else open.push(code < PDF ? PDF : PDI);
  }
  return open.length === 0;
}

/** LRE, RLE and PDF; LRI, RLI, FSI and PDI. */
function isPaired(code: number): boolean {
  return (code >= 0x202a && code <= PDF) || (code >= 0x2066 && code <= PDI);
}
