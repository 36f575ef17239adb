import type { Terminal } from './terminal.ts';

/** Whether a program reads what is printed; asked before the arguments are understood, and when they cannot be. */
export function wantsJson({ args }: Pick<Terminal, 'args'>): boolean {
  return args.includes('--json');
}
