import { quoteInput } from '@xmtp-messaging/errors';
import { nameKey } from '@xmtp-messaging/errors/name';
import { checkListedName } from './check-name.ts';
import type { ListEntry } from './list-entry.ts';
import { type ListKind, listKinds } from './list-kinds.ts';
import { contentError, positionAt, type Row, type Rows } from './rows.ts';
import { scanLines } from './scan-lines.ts';

/** One entry of a file. */
export interface Listed {
  lower: string;
  /** As shown: an ENS name in its normal form. The file's own spelling is in `row`. */
  name: string | null;
  row: Row;
  /** Made by `entryOf` on demand: a checksum costs more than the rest of a line. */
  entry: ListEntry | null;
}

/** A file's content, checked. */
export interface ParsedList {
  kind: ListKind;
  text: string;
  layout: Rows['layout'];
  /** In file order, by lower-case id. */
  byId: ReadonlyMap<string, Listed>;
  byName: ReadonlyMap<string, Listed>;
}

// A YAML document takes up to 400 times the memory of its text, and seconds of a processor for each MiB.
const maxDocumentLength = 1024 * 1024;
const tooLargeForYaml = 'This line is not in the plain form, and YAML in any other form is read up to 1 MiB only.';

/**
 * Reads and checks a whole list. The YAML library is loaded only for a text that is not in the plain form.
 * @throws AllowlistError with line and column of the first fault.
 */
export async function parseList(text: string, kind: ListKind = listKinds.address): Promise<ParsedList> {
  const scan = scanLines(text, kind.key);
  if (scan.plain) return checkRows(text, scan, kind);
  if (text.length > maxDocumentLength) throw contentError('ALLOWLIST_TOO_LARGE', tooLargeForYaml, text, scan.offset);
  const { readDocument } = await import('./read-document.ts');
  return checkRows(text, readDocument(text, kind.key), kind);
}

/** Checks each value, and that no id or name stands twice. */
export function checkRows(text: string, { rows, layout }: Rows, kind: ListKind = listKinds.address): ParsedList {
  const byId = new Map<string, Listed>();
  const byName = new Map<string, Listed>();
  for (const row of rows) {
    const checked = kind.check(row.id.text);
    if (!checked.ok) throw contentError(checked.code, checked.message, text, row.id.offset);
    const { lower } = checked;
    const twin = byId.get(lower);
    if (twin) {
      const { line } = positionAt(text, twin.row.id.offset);
      throw contentError(kind.twin, `${lower} is already on line ${line}.`, text, row.id.offset);
    }
    const named = row.name?.text ? checkListedName(row.name.text) : null;
    if (named?.ok === false) throw contentError(named.code, named.message, text, row.name!.offset);
    const name = named?.name ?? null;
    const sender: Listed = {
      lower,
      name,
      row,
      entry: checked.isShown ? { id: row.id.text, name } : null,
    };
    byId.set(lower, sender);
    if (row.name === null || name === null) continue;
    const key = nameKey(name);
    const namesake = byName.get(key);
    if (namesake) {
      const { line } = positionAt(text, namesake.row.id.offset);
      const message = `The name ${quoteInput(row.name.text)} already belongs to the entry on line ${line}.`;
      throw contentError('DUPLICATE_NAME', message, text, row.name.offset);
    }
    byName.set(key, sender);
  }
  return { kind, text, layout, byId, byName };
}

/** The entry as it is shown. */
export function entryOf({ kind }: Pick<ParsedList, 'kind'>, listed: Listed): ListEntry {
  return (listed.entry ??= { id: kind.show(listed.lower), name: listed.name });
}
