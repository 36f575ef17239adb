import { spawn } from 'node:child_process';
import { waitFor } from '@xmtp-messaging/testing';

/** An example in a process of its own. */
export interface RunningExample {
  /** Everything that it printed. */
  output(): string;
  /** Waits until it has printed this. Fails at once when it has ended before. */
  said(words: string | RegExp): Promise<void>;
  /** What its operator types. */
  type(line: string): void;
  /** SIGTERM. @returns its exit code, or the signal that ended it. */
  stop(): Promise<number | string>;
  ended: Promise<number | string>;
}

/** Where it runs, what, and what it knows: nothing is inherited. */
export interface StartExampleOptions {
  folder: string;
  /** As the README has it. */
  command: string;
  env: Readonly<Record<string, string>>;
  /** Kills it. */
  signal: AbortSignal;
}

export function startExample({ folder, command, env, signal }: StartExampleOptions): RunningExample {
  // `exec`: the signals are for the program, not for the shell.
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], {
    cwd: folder,
    env,
    stdio: 'pipe',
    signal,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let exit: number | string | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (output += text));
  }
  // It is told by `ended` alone.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, by) => {
      exit = code ?? by ?? 'unknown';
      resolve(exit);
    });
  });
  const isSaid = (words: string | RegExp) => (typeof words === 'string' ? output.includes(words) : words.test(output));
  return {
    output: () => output,
    ended,
    async said(words) {
      const found = await waitFor(() => (isSaid(words) ? 'said' : exit === null ? null : 'ended'), {
        timeoutMs: 40_000,
        what: `${command} to say ${words}; it said: ${output}`,
      }).catch((error: unknown) => {
        throw new Error(`${command} did not say ${words}. It said:\n${output}`, { cause: error });
      });
      if (found === 'ended') throw new Error(`${command} ended with ${exit}. It said:\n${output}`);
    },
    type: (line) => void child.stdin.write(`${line}\n`),
    stop: async () => {
      child.kill('SIGTERM');
      return await ended;
    },
  };
}
