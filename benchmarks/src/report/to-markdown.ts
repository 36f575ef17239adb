import type { Run } from '../harness/run-suites.ts';
import { columns, formatMachine, formatRow } from './format.ts';

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The table for docs/performance.md. */
export function toMarkdown(run: Run): string {
  const day = run.startedAt.slice(0, 10);
  const form = run.form === 'minute' ? ' Minute form: the numbers mean nothing.' : '';
  const notes = run.rows
    .filter(({ note }) => note !== null)
    .map(({ name, measure, note }) => `- ${name}, ${measure}: ${note}`);
  return [
    `Last run: ${day}, ${run.seconds} s, ${formatMachine(run.machine)}.${form}`,
    '',
    line(columns),
    line(columns.map(() => '---')),
    ...run.rows.map((row) => line(formatRow(row))),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}
