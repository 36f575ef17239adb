import { printable } from '@xmtp-messaging/errors';
import stringWidth from 'string-width';

/** A column: its heading, and how its cells may be coloured once they are padded. */
export interface Column<Row> {
  heading: string;
  cell: (row: Row) => string | number | null;
  /** @default as it is */
  paint?: ((text: string, row: Row) => string) | undefined;
  /** What a cell is where the whole table finds no room; `null`: the column goes, the last one first. @default as it is */
  narrow?: ((row: Row) => string | number | null) | null | undefined;
}

/**
 * Rows for people, in columns as wide as they need; what is absent is a dash. Nothing in a cell can move the cursor.
 * @param width What there is room for, in characters. @default any
 */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width = Infinity): string {
  const whole = format(rows, columns);
  if (fits(whole, width)) return whole;
  let left = columns.map((column) => (column.narrow ? { ...column, cell: column.narrow } : column));
  for (;;) {
    const table = format(rows, left);
    const last = left.findLastIndex(({ narrow }) => narrow === null);
    if (last === -1 || fits(table, width)) return table;
    left = left.toSpliced(last, 1);
  }
}

const fits = (table: string, width: number) => table.split('\n').every((line) => stringWidth(line) <= width);

function format<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map(({ cell }) => printable(String(cell(row) ?? '-'))));
  const widths = columns.map(({ heading }, index) =>
    Math.max(stringWidth(heading), ...cells.map((line) => stringWidth(line[index] ?? ''))),
  );
  const pad = (text: string, index: number) =>
    index === columns.length - 1 ? text : text + ' '.repeat((widths[index] ?? 0) - stringWidth(text));
  const head = columns.map(({ heading }, index) => pad(heading, index)).join('  ');
  const body = rows.map((row, line) =>
    columns
      .map(({ paint = (text) => text }, index) => paint(pad(cells[line]?.[index] ?? '', index), row))
      .join('  ')
      .trimEnd(),
  );
  return [head.trimEnd(), ...body].join('\n');
}
