import { expect, test } from 'vitest';
import type { Row } from '../run-table.ts';
import { toMarkdown, toTable } from './to-table.ts';

const row = (more: Partial<Row>): Row => ({
  scenario: 'streams',
  client: 'node-sdk',
  version: '6.0.0',
  protocol: 'v3',
  result: 'pass',
  reason: null,
  seconds: 1,
  ...more,
});
const rows = [
  row({}),
  row({ protocol: 'd14n', result: 'fail', reason: 'nothing came' }),
  row({ client: 'cli', version: null, result: 'none', reason: 'It is not here.' }),
  row({ client: 'cli', version: null, protocol: 'd14n', result: 'none', reason: 'It is not here.' }),
];

test('what passes, what fails and what cannot be tried, each reason once', () => {
  expect(toMarkdown(rows)).toBe(
    [
      '| scenario | node-sdk 6.0.0 | cli |',
      '| --- | --- | --- |',
      '| streams | V3, d14n FAILS [1] | V3 - [2], d14n - [2] |',
      '',
      '- [1] nothing came',
      '- [2] It is not here.',
    ].join('\n'),
  );
  expect(toTable(rows)).toContain('1 pass, 1 fail, 2 cannot be tried.');
});
