import type { Terminal } from '../terminal.ts';

/** Whether the person at the terminal says yes; nobody there is no. */
export async function agrees(terminal: Pick<Terminal, 'ask'>, question: string): Promise<boolean> {
  return /^y(?:es)?$/iu.test((await terminal.ask(question))?.trim() ?? '');
}
