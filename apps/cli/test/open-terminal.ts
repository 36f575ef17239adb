import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const script = fileURLToPath(new URL('on-terminal.py', import.meta.url));

/** A program on a terminal. */
export interface TerminalRun {
  /** Everything that was shown, escape sequences included. */
  shown(): string;
  type(keys: string): void;
  resize(size: { rows: number; columns: number }): void;
  /** Closes the terminal, as a window is closed. */
  hangUp(): void;
  /** Exit code of the program; a signal as its negative number. */
  ended: Promise<number>;
}

/** Starts a program on a terminal of 40 rows and 120 columns. It needs python3, whose standard library has terminals. */
export function openTerminal(
  command: readonly string[],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): TerminalRun {
  const child = spawn('python3', ['-B', script, ...command], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.stdin.end());
  child.stdin.on('error', () => {});
  let shown = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (shown += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const order = (what: object) => void child.stdin.write(`${JSON.stringify(what)}\n`);
  return {
    shown: () => shown,
    type: (keys) => order({ type: keys }),
    resize: (size) => order(size),
    hangUp: () => order({ hangUp: true }),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => {
        const line = said.trim().split('\n').at(-1) ?? '';
        if (line.startsWith('{"ended"')) resolve((JSON.parse(line) as { ended: number }).ended);
        else reject(new Error(said));
      });
    }),
  };
}
