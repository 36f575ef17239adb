import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';

/** A program on a terminal. */
export interface TerminalRun {
  /** Everything that was shown, escape sequences included. */
  shown: () => string;
  type: (keys: string) => void;
  resize: (size: { rows: number; columns: number }) => void;
  /** Closes the terminal, as a window is closed: whoever is on it gets SIGHUP, and can write no more. */
  hangUp: () => void;
  /** Exit code of the program; a signal as its negative number. */
  ended: Promise<number>;
}

/** Starts a program on a terminal of 40 rows and 120 columns. */
export function openTerminal(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env }: { cwd: string; env: Readonly<Record<string, string>> },
): TerminalRun {
  const terminal = spawn(program, args, { cwd, env, rows: 40, cols: 120 });
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  let shown = '';
  let isOver = false;
  terminal.onData((text) => void (shown += text));
  terminal.onExit(({ exitCode, signal }) => {
    isOver = true;
    resolve(signal === undefined || signal === 0 ? exitCode : -signal);
  });
  const hangUp = () => {
    // Its declaration leaves it out: it closes our end, and the kernel hangs up on who is at the other.
    if (!isOver) (terminal as unknown as { destroy: () => void }).destroy();
  };
  onTestFinished(hangUp);
  return {
    shown: () => shown,
    type: (keys) => terminal.write(keys),
    resize: ({ rows, columns }) => terminal.resize(columns, rows),
    hangUp,
    ended,
  };
}
