/** One line a step on a terminal: what, result, time. */
export interface Show {
  title(text: string): void;
  /** Runs a step and prints one line about it. Throws {@link StepError} naming the step when it fails. */
  step(name: string, run: () => Promise<string>): Promise<void>;
  /** A block under the last step. */
  block(text: string): void;
}

/** A step of the demo did not hold. */
export class StepError extends Error {
  override readonly name = 'StepError';
  readonly step: string;
  constructor(step: string, cause: unknown) {
    super(`Step failed: ${step}\n${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.step = step;
  }
}

const time = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/** Where to write, when to stop and what time it is. */
export interface ShowOptions {
  write: (text: string) => void;
  /** No step begins after it. */
  signal: AbortSignal;
  /** Milliseconds. @default performance.now */
  now?: (() => number) | undefined;
}

export function createShow({ write, signal, now = () => performance.now() }: ShowOptions): Show {
  return {
    title: (text) => write(`\n${text}\n\n`),
    async step(name, run) {
      signal.throwIfAborted();
      const start = now();
      try {
        const result = await run();
        write(`  ✓ ${name.padEnd(36)} ${result.padEnd(58)} ${time(now() - start).padStart(7)}\n`);
      } catch (error) {
        signal.throwIfAborted();
        write(`  ✗ ${name.padEnd(36)} ${time(now() - start)}\n`);
        throw new StepError(name, error);
      }
    },
    block: (text) => write(`${text.replaceAll(/^/gm, '      ')}\n`),
  };
}
