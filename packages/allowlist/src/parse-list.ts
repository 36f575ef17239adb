import { setImmediate as nextTurn } from 'node:timers/promises';
import { inPieces, type Pieces, quoteInput } from '@xmtp-messaging/errors';
import { nameKey } from '@xmtp-messaging/errors/name';
import { checkListedName } from './check-name.ts';
import type { ListEntry } from './list-entry.ts';
import { type ListKind, listKinds } from './list-kinds.ts';
import { contentError, pieceRows, positionAt, type Row, type Rows } from './rows.ts';
import { runDocumentTask } from './run-document-task.ts';
import { scanLines } from './scan-lines.ts';
import type { ListRange } from './types.ts';

/** One entry of a file. */
export interface Listed {
  lower: string;
  /** As shown: an ENS name in its normal form. The file's own spelling is in `row`. */
  name: string | null;
  /** By which it is found. */
  namedAs: string | null;
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

/** How a list is read. */
export interface ParseOptions {
  /** @default a list of senders */
  kind?: ListKind | undefined;
  /** What was read before: what has not changed since is not checked again. @default nothing */
  known?: ParsedList | null | undefined;
  /** Lets others work. @default a turn of the event loop */
  pause?: (() => Promise<unknown>) | undefined;
}

/**
 * Reads and checks a whole list, in pieces. The YAML library is loaded only for a text that is not in the plain form.
 * @throws AllowlistError with line and column of the first fault; what `pause` throws.
 */
export async function parseList(text: string, options: ParseOptions = {}): Promise<ParsedList> {
  const { kind = listKinds.address, known = null, pause = nextTurn } = options;
  const scan = await inPieces(scanLines(text, kind.key), pause);
  if (scan.plain) return await inPieces(checkRows({ text, rows: scan, kind, known }), pause);
  if (text.length > maxDocumentLength) throw contentError('ALLOWLIST_TOO_LARGE', tooLargeForYaml, text, scan.offset);
  const rows = await runDocumentTask({ what: 'read', text, key: kind.key });
  return await inPieces(checkRows({ text, rows, kind, known }), pause);
}

/** Checks each value, and that no id or name stands twice. */
export function* checkRows(given: {
  text: string;
  rows: Rows;
  kind: ListKind;
  known?: ParsedList | null | undefined;
}): Pieces<ParsedList> {
  const { text, kind, known = null } = given;
  const { rows, layout } = given.rows;
  const byId = new Map<string, Listed>();
  const byName = new Map<string, Listed>();
  for (const [index, row] of rows.entries()) {
    if (index % pieceRows === pieceRows - 1) yield;
    const sender = checkRow(row, { text, kind, known });
    const { lower, namedAs } = sender;
    const twin = byId.get(lower);
    if (twin) {
      const { line } = positionAt(text, twin.row.id.offset);
      throw contentError(kind.twin, `${lower} is already on line ${line}.`, text, row.id.offset);
    }
    byId.set(lower, sender);
    if (row.name === null || namedAs === null) continue;
    const namesake = byName.get(namedAs);
    if (namesake) {
      const { line } = positionAt(text, namesake.row.id.offset);
      const message = `The name ${quoteInput(row.name.text)} already belongs to the entry on line ${line}.`;
      throw contentError('DUPLICATE_NAME', message, text, row.name.offset);
    }
    byName.set(namedAs, sender);
  }
  return { kind, text, layout, byId, byName };
}

/**
 * One entry. What stood there before is not checked again: a checksum, or the form of a name, costs more than all the rest. Every string
 * is of the new text all the same, or each would keep the text in memory that it was cut from.
 */
function checkRow(row: Row, { text, kind, known }: { text: string; kind: ListKind; known: ParsedList | null }): Listed {
  const lower = row.id.text.toLowerCase();
  const before = known?.byId.get(lower);
  const shown = before?.row.id.text === row.id.text ? { id: before.entry?.id ?? null } : checkId(row, text, kind);
  const id = shown.id === row.id.text ? row.id.text : shown.id;
  const { name, namedAs } = readName(row, text, before);
  return { lower, name, namedAs, row, entry: id === null ? null : { id, name } };
}

function checkId({ id }: Row, text: string, kind: ListKind): { id: string | null } {
  const checked = kind.check(id.text);
  if (!checked.ok) throw contentError(checked.code, checked.message, text, id.offset);
  return { id: checked.isShown ? id.text : null };
}

function readName({ name: own }: Row, text: string, before: Listed | undefined): Pick<Listed, 'name' | 'namedAs'> {
  if (own === null || own.text === '') return { name: null, namedAs: null };
  const asIs = (made: string) => (made === own.text ? own.text : made);
  if (before?.row.name?.text === own.text && before.name !== null && before.namedAs !== null) {
    return { name: asIs(before.name), namedAs: asIs(before.namedAs) };
  }
  const named = checkListedName(own.text);
  if (!named.ok) throw contentError(named.code, named.message, text, own.offset);
  return { name: named.name, namedAs: nameKey(named.name) };
}

/** The entry as it is shown. */
export function entryOf({ kind }: Pick<ParsedList, 'kind'>, listed: Listed): ListEntry {
  return (listed.entry ??= { id: kind.show(listed.lower), name: listed.name });
}

/** Entries in file order, as far as they are asked for. */
export function inRange({ byId }: ParsedList, { offset = 0, limit = Infinity }: ListRange = {}): Iterable<Listed> {
  return byId.values().drop(offset).take(limit);
}
