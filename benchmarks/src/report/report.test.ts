import { expect, test } from 'vitest';
import { toRow } from '../harness/to-row.ts';
import type { Run } from '../harness/run-suites.ts';
import { toMarkdown } from './to-markdown.ts';
import { toSummary } from './to-summary.ts';
import { toTable } from './to-table.ts';

const run: Run = {
  form: 'full',
  startedAt: '2026-01-02T03:04:05.000Z',
  seconds: 12.3,
  machine: { cores: 2, processor: 'CPU', memoryGb: 24, system: 'Debian 12', node: '24.0.0', loadBefore: 0.1 },
  rows: [
    toRow({
      name: 'send.c1',
      measure: 'messages/s',
      ours: [180, 190, 200],
      peer: { name: 'naive', values: [100, 100, 100] },
      target: { of: 'ratio', is: '>=', limit: 0.9 },
    }),
    toRow({
      name: 'resolve.cached',
      measure: 'lookups/s',
      ours: [999_999],
      target: { of: 'value', is: '>=', limit: 1e6 },
    }),
    toRow({ name: 'memory', measure: 'MB per further agent', ours: [Number.NaN], note: 'not | here' }),
  ],
  failures: [{ name: 'devnet', error: 'port taken' }],
};

test('the table for people', () => {
  expect(toTable(run)).toMatchInlineSnapshot(`
    "name            measured              ours             peer                    ratio              must reach    reached
    -----------------------------------------------------------------------------------------------------------------------
    send.c1         messages/s            190 (185 - 195)  naive: 100 (100 - 100)  1.9 (1.85 - 1.95)  ratio >= 0.9  yes
    resolve.cached  lookups/s             1,000,000                                                   >= 1e6        NO
    memory          MB per further agent  -                                                           reported

    memory, MB per further agent: not | here

    devnet broke: port taken
    Medians, with the 25th and 75th percentile behind them. 2 cores (CPU), 24 GB, Debian 12, Node 24.0.0, load before 0.1.
    3 lines in 12.3 s; 1 did not reach what they must.
    "
  `);
});

test('the table for the document', () => {
  expect(toMarkdown(run)).toMatchInlineSnapshot(`
    "Last run: 2026-01-02, 12.3 s, 2 cores (CPU), 24 GB, Debian 12, Node 24.0.0, load before 0.1.

    | name | measured | ours | peer | ratio | must reach | reached |
    | --- | --- | --- | --- | --- | --- | --- |
    | send.c1 | messages/s | 190 (185 - 195) | naive: 100 (100 - 100) | 1.9 (1.85 - 1.95) | ratio >= 0.9 | yes |
    | resolve.cached | lookups/s | 1,000,000 |  |  | >= 1e6 | NO |
    | memory | MB per further agent | - |  |  | reported |  |

    - memory, MB per further agent: not | here
    "
  `);
});

test('what leads the document names what was measured, with its peers', () => {
  expect(toSummary(run)).toMatchInlineSnapshot(`
    "| | this project | beside it |
    | --- | --- | --- |
    | one caller, one recipient | 190 messages/s | \`sendText\` in process 100 |
    "
  `);
});
