import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import type { Output, Terminal } from './terminal.ts';

const outputOf = (stream: NodeJS.WriteStream): Output => {
  // Whoever read us, such as `head`, has enough.
  stream.on('error', () => process.exit(0));
  return {
    write: (words) => void stream.write(words),
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns ?? 80;
    },
  };
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The real process. */
export function processTerminal(): Terminal {
  return {
    args: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    readInput: () => text(process.stdin),
    async ask(question) {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
      const prompt = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return await prompt.question(question);
      } finally {
        prompt.close();
      }
    },
    onInputEnd: (listener) => void process.stdin.once('end', listener).once('close', listener),
    onSignal(listener) {
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
      };
    },
  };
}
