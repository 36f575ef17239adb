import { sourceFlags } from '@xmtp-messaging/stage';
import { patient } from '@xmtp-messaging/testing/patient';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Run } from '../src/harness/run-suites.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Runs the program as a user does; a failure to end with 0 rejects with what it printed. */
async function bench(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...sourceFlags, main, ...args], {
    timeout: patient(110_000),
  });
  return stdout;
}

/** Each name with the targets that are printed for it. */
const table = {
  'send.c1': ['ratio >= 0.9', 'ratio >= 1'],
  'send.c64': ['ratio >= 8', 'ratio >= 6'],
  'send.c64.best': ['ratio >= 0.85'],
  'send.fanout': ['ratio >= 3', 'ratio >= 1.3'],
  'send.fanout.50ms': ['ratio >= 1'],
  'receive.latency': ['ratio <= 1.2', 'ratio <= 1.5', 'ratio <= 1.15', 'ratio <= 1.15'],
  'round-trip': ['ratio <= 1.3'],
  catchup: ['ratio >= 0.8'],
  start: ['ratio <= 1.3'],
  memory: ['ratio <= 1.3'],
  'resolve.cached': ['value >= 1000000'],
  'resolve.cold': ['value = 1'],
  allowlist: ['value < 1', 'value >= 5000000'],
  guard: ['value >= 100', 'value >= 25', 'value >= 5', 'value < 8'],
  devnet: ['value < 1'],
  backlog: ['ratio <= 0.1'],
  stranger: ['ratio <= 2'],
  history: ['value < 50', 'value < 50', 'ratio <= 1.5'],
};

/** One of each kind: processes beside processes, a function beside a function, one by itself. `--minute` runs them all. */
const tried = ['send.c1', 'receive.latency', 'start', 'resolve.cached', 'allowlist', 'devnet', 'history'] as const;

test(
  'benchmarks run in their minute form and print ratio, spread and target',
  { timeout: patient(120_000) },
  async () => {
    const run = JSON.parse(await bench('--minute', '--json', '--only', tried.join(','))) as Run;
    expect(run.failures).toEqual([]);
    expect(run.form).toBe('minute');
    const targets = (name: string) =>
      run.rows.flatMap((row) => {
        if (row.name !== name || row.target === null) return [];
        const { of, is, limit } = row.target;
        return `${of} ${is} ${limit}`;
      });
    for (const name of tried) expect([name, targets(name)]).toEqual([name, table[name]]);
    // What the numbers are is nobody's business here, but there are some, and a ratio stands behind each target.
    const isMeasured = ({ ours, ratio, target }: Run['rows'][number]) =>
      Number.isFinite(ours.median) && ours.low <= ours.high && (target === null || Number.isFinite(ratio?.median));
    expect(run.rows.filter((row) => !isMeasured(row))).toEqual([]);
  },
);

test('says what there is, without running it', async () => {
  const printed = await bench('--list');
  for (const name of [
    ...Object.keys(table),
    'growth',
    'growth.journal',
    'growth.start',
    'growth.reload',
    'growth.busy',
  ])
    expect(printed).toContain(name);
});

test('a name that does not exist ends with 2', async () => {
  await expect(bench('--only', 'send.c2')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('send.c1'),
  });
});
