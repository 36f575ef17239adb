import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Output, Terminal } from './terminal.ts';

/** Who is told that the terminal is gone, or that somebody asks us to stop. */
const listeners = new Set<(signal: NodeJS.Signals) => void>();
let isGone = false;
const tellGone = () => {
  // A terminal that is closed is told twice: by a signal, and by what cannot be written any more.
  if (!isGone) for (const listener of listeners) listener('SIGHUP');
  isGone = true;
};

const outputOf = (stream: NodeJS.WriteStream): Output => {
  // Whoever read us, such as `head`, has enough. Who must stop in good order does so, and says no more.
  stream.on('error', () => (listeners.size > 0 ? tellGone() : process.exit(0)));
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

const signals = ['SIGINT', 'SIGTERM'] as const;

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
    async askSecret(question) {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      // Before the question: from then on the terminal shows nothing of what is typed.
      const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true });
      process.stderr.write(question);
      try {
        return await prompt.question('');
      } finally {
        prompt.close();
        process.stderr.write('\n');
      }
    },
    onInputEnd: (listener) => void process.stdin.once('end', listener).once('close', listener),
    onSignal(listener) {
      if (listeners.size === 0) process.on('SIGHUP', tellGone);
      listeners.add(listener);
      for (const signal of signals) process.on(signal, listener);
      return () => {
        for (const signal of signals) process.off(signal, listener);
        listeners.delete(listener);
        if (listeners.size === 0) process.off('SIGHUP', tellGone);
      };
    },
  };
}
