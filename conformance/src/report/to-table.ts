import { toCells } from './to-cells.ts';
import type { Row } from '../run-table.ts';

const numbered = (reasons: readonly string[]) => reasons.map((reason, index) => `[${index + 1}] ${reason}`);

/** For people at a terminal. */
export function toTable(rows: readonly Row[]): string {
  const { header, body, reasons } = toCells(rows);
  const all = [header, ...body];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const count = (result: Row['result']) => rows.filter((row) => row.result === result).length;
  const sum = `${count('pass')} pass, ${count('fail')} fail, ${count('none')} cannot be tried.`;
  return `${[...lines, '', ...numbered(reasons), sum].join('\n')}\n`;
}

/** For a README. */
export function toMarkdown(rows: readonly Row[]): string {
  const { header, body, reasons } = toCells(rows);
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const table = [line(header), line(header.map(() => '---')), ...body.map(line)];
  return [...table, '', ...numbered(reasons).map((reason) => `- ${reason}`)].join('\n');
}
