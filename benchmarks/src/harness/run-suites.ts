import { createStage } from './create-stage.ts';
import { type Machine, describeMachine } from './describe-machine.ts';
import type { Row } from './to-row.ts';
import type { Suite } from './suite.ts';

/** A whole run, as `--json` prints it. */
export interface Run {
  /** `minute`: tiny counts, the numbers mean nothing. */
  form: 'full' | 'minute';
  startedAt: string;
  seconds: number;
  machine: Machine;
  rows: Row[];
  /** Benchmarks that broke. */
  failures: { name: string; error: string }[];
}

/** Is told how the run goes on. */
export interface Progress {
  begin(name: string, position: number, of: number): void;
  readonly step: (text: string) => void;
  end(name: string, seconds: number, failed: boolean): void;
}

export interface RunOptions {
  suites: readonly Suite[];
  minute: boolean;
  progress: Progress;
  /** Stops before the next benchmark and ends everything that runs. */
  signal: AbortSignal;
}

const seconds = (since: number): number => Math.round((performance.now() - since) / 100) / 10;

/** Rejects when the signal fires, so that whatever a benchmark waits for does not hold up the end. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Runs one benchmark after the other. One that breaks is reported and the others go on. */
export async function runSuites(options: RunOptions): Promise<Run> {
  const { suites, minute, progress, signal } = options;
  const begun = performance.now();
  const run: Run = {
    form: minute ? 'minute' : 'full',
    startedAt: new Date().toISOString(),
    seconds: 0,
    machine: await describeMachine(),
    rows: [],
    failures: [],
  };
  const aborted = whenAborted(signal);
  aborted.catch(() => {});
  const stage = createStage();
  try {
    for (const [index, suite] of suites.entries()) {
      const start = performance.now();
      const failuresBefore = run.failures.length;
      progress.begin(suite.name, index + 1, suites.length);
      const { context, end } = stage.contextFor({ minute, progress: progress.step });
      try {
        const rows = await Promise.race([suite.run(context), aborted]);
        run.rows.push(...(minute ? rows.map((row) => ({ ...row, reached: null })) : rows));
      } catch (error) {
        if (signal.aborted) throw error;
        run.failures.push({ name: suite.name, error: error instanceof Error ? error.message : String(error) });
      } finally {
        await end();
      }
      progress.end(suite.name, seconds(start), run.failures.length > failuresBefore);
    }
  } finally {
    await stage.close();
  }
  run.seconds = seconds(begun);
  return run;
}
