import type { Pieces } from '@xmtp-messaging/errors';
import type { ListKind } from './list-kinds.ts';
import { pieceRows, type Row, type Rows, type Text } from './rows.ts';

/** Rows, or the offset of the first line that is not, or does not fit, the plain shape. */
export type LineScan = ({ plain: true } & Rows) | { plain: false; offset: number };

// Characters that mean themselves between quotes and in comments, in YAML as here.
const safe = String.raw`[^\0-\x1f\x7f-\xa0"'\\]`;
const value = String.raw`("${safe}*"|'${safe}*'|[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)+)`;
const comment = String.raw`#(?:${safe}|["'\\])*`;
const shapes = (key: ListKind['key']) => ({
  first: new RegExp(`^- (?:(${key}|name): )?${value} *(?: ${comment})?$`, 'u'),
  next: new RegExp(`^  (${key}|name): ${value} *(?: ${comment})?$`, 'u'),
});
const shapesOf = { address: shapes('address'), group: shapes('group') } as const;
const nothing = new RegExp(`^ *(?:${comment})?$`, 'u');

/**
 * Reads the plain shape, the one `add` writes, thirty times faster than a YAML parser: one key to a line, values in quotes without
 * escapes (or bare names with a dot), comments and blank lines anywhere. Anything else is the YAML parser's to judge.
 * What it does read means the same to YAML; scan-lines.prop.test.ts holds it to that.
 */
export function* scanLines(text: string, kind: ListKind['key'] = 'address'): Pieces<LineScan> {
  const { first, next } = shapesOf[kind];
  const rows: Row[] = [];
  let row: { id: Text | null; name: Text | null; start: number; end: number; open: boolean } | null = null;
  const finish = (): boolean => {
    if (row === null) return true;
    const { id, name, start, end } = row;
    if (id === null) return false;
    rows.push({ id, name, start, end });
    return true;
  };
  for (let [start, number] = [0, 1]; start < text.length; number += 1) {
    if (number % pieceRows === 0) yield;
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline + 1;
    const line = text.slice(start, newline === -1 ? end : newline);
    const dash = line.startsWith('-');
    const match = dash ? first.exec(line) : next.exec(line);
    if (match === null) {
      if (!nothing.test(line)) return { plain: false, offset: start };
    } else {
      // Nothing before a value has a quote or a dot.
      const found = toText(match[2]!, start + line.indexOf(match[2]!));
      const isName = match[1] === 'name';
      if (dash) {
        if (!finish()) return { plain: false, offset: start };
        row = { id: null, name: null, start, end, open: match[1] !== undefined };
      }
      if (row === null || (!dash && !row.open) || (isName ? row.name : row.id) !== null) {
        return { plain: false, offset: start };
      }
      if (isName) row.name = found;
      else row.id = found;
      row.end = end;
    }
    start = end;
  }
  return finish() ? { plain: true, rows, layout: 'lines' } : { plain: false, offset: row?.start ?? 0 };
}

function toText(token: string, offset: number): Text {
  const quoted = token.startsWith('"') || token.startsWith("'");
  return { text: quoted ? token.slice(1, -1) : token, offset };
}
