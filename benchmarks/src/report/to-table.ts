import type { Run } from '../harness/run-suites.ts';
import { columns, formatMachine, formatRow } from './format.ts';

const gap = '  ';

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join(gap)
      .trimEnd(),
  );
}

/** The table for people. */
export function toTable(run: Run): string {
  const [header, ...body] = align([columns, ...run.rows.map(formatRow)]);
  const notes = run.rows
    .filter(({ note }) => note !== null)
    .map(({ name, measure, note }) => `${name}, ${measure}: ${note}`);
  const missed = run.rows.filter(({ reached }) => reached === false).length;
  const lines = [
    header!,
    '-'.repeat(Math.max(...[header!, ...body].map((line) => line.length))),
    ...body,
    '',
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    ...run.failures.map(({ name, error }) => `${name} broke: ${error}`),
    `Medians, with the 25th and 75th percentile behind them. ${formatMachine(run.machine)}.`,
    `${run.rows.length} lines in ${run.seconds} s; ${missed} did not reach what they must.`,
    ...(run.form === 'minute'
      ? ['This was the minute form: it shows that every benchmark works, its numbers mean nothing.']
      : []),
  ];
  return `${lines.join('\n')}\n`;
}
