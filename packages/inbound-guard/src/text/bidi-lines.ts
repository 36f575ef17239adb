import { candidate } from './candidates.ts';
import { RIGHT_TO_LEFT } from './neighbours.ts';

/** The same control twice with nothing visible in between: no writer needs it, a hidden message does. */
const DOUBLED = new RegExp(`([\\u202A-\\u202C\\u2066-\\u2069])${candidate}*\\1`, 'v');
const CONTROLS = /[\u202A-\u202C\u2066-\u2069]/g;
const PDF = '\u202C';
const PDI = '\u2069';

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
      allowed = RIGHT_TO_LEFT.test(line) && isBalanced(line) && !DOUBLED.test(line);
    }
    return allowed;
  };
}

function isBalanced(line: string): boolean {
  const open: string[] = [];
  for (const [control] of line.matchAll(CONTROLS)) {
    if (control !== PDF && control !== PDI) open.push(control >= '\u2066' ? PDI : PDF);
    else if (open.pop() !== control) return false;
  }
  return open.length === 0;
}
