import { setImmediate as nextTurn } from 'node:timers/promises';
import { chunksOf, inPieces, type Pieces } from '@xmtp-messaging/errors';
import { AllowlistError } from './errors.ts';
import type { ListEntry } from './list-entry.ts';
import { type Listed, type ParsedList, parseList } from './parse-list.ts';
import { pieceRows } from './rows.ts';
import { runDocumentTask } from './run-document-task.ts';

/** The file's text with `entry` after the last one; everything else stays byte for byte where the layout allows. */
export async function insertEntry(list: ParsedList, entry: ListEntry): Promise<ParsedList> {
  const wanted = function* () {
    for (const listed of list.byId.values()) yield key(listed);
    yield `${entry.id.toLowerCase()} ${entry.name ?? ''}`;
  };
  const edits: Edit[] = [() => runDocumentTask({ what: 'insert', ...sourceOf(list), entry })];
  if (list.layout === 'lines') edits.unshift(() => insertLines(list, entry));
  return await firstThatReads(edits, wanted, list);
}

/** The file's text without `sender`. Comments on lines of their own stay. */
export async function removeEntry(list: ParsedList, sender: Listed): Promise<ParsedList> {
  const wanted = function* () {
    for (const other of list.byId.values()) if (other !== sender) yield key(other);
  };
  const edits: Edit[] = [() => runDocumentTask({ what: 'remove', ...sourceOf(list), index: placeOf(list, sender) })];
  if (list.layout === 'lines') {
    edits.unshift(() => list.text.slice(0, sender.row.start) + list.text.slice(sender.row.end));
  }
  return await firstThatReads(edits, wanted, list);
}

/** The file's text with another name for `sender`, or none. Everything else stays byte for byte where the layout allows. */
export async function renameEntry(list: ParsedList, sender: Listed, name: string | null): Promise<ParsedList> {
  const wanted = function* () {
    for (const other of list.byId.values()) yield key(other === sender ? { ...sender, name } : other);
  };
  const edits: Edit[] = [
    () => runDocumentTask({ what: 'rename', ...sourceOf(list), index: placeOf(list, sender), name }),
  ];
  const line = list.layout === 'lines' && name !== null ? renameLine(list, sender, name) : null;
  if (line !== null) edits.unshift(() => line);
  return await firstThatReads(edits, wanted, list);
}

type Edit = () => string | Promise<string>;

const sourceOf = ({ text, kind }: ParsedList) => ({ text, key: kind.key });

const key = ({ lower, name }: Pick<Listed, 'lower' | 'name'>) => `${lower} ${name ?? ''}`;

const placeOf = ({ byId }: ParsedList, sender: Listed) => [...byId.values()].indexOf(sender);

/** An edit counts only if the new text, read from scratch, holds exactly the entries it should. */
async function firstThatReads(
  edits: readonly Edit[],
  wanted: () => Iterator<string>,
  known: ParsedList,
): Promise<ParsedList> {
  let cause: unknown;
  for (const edit of edits) {
    try {
      const result = await parseList(await edit(), { kind: known.kind, known });
      if (await inPieces(holds(result, wanted()), nextTurn)) return result;
    } catch (error) {
      cause = error;
    }
  }
  throw new AllowlistError({ code: 'ALLOWLIST_WRITE_FAILED', cause });
}

function* holds({ byId }: ParsedList, wanted: Iterator<string>): Pieces<boolean> {
  for (const entries of chunksOf(byId.values(), pieceRows)) {
    if (!entries.every((entry) => wanted.next().value === key(entry))) return false;
    yield;
  }
  return wanted.next().done === true;
}

function insertLines({ kind, text, byId }: ParsedList, { id, name }: ListEntry): string {
  const last = [...byId.values()].at(-1)?.row;
  const at = last?.end ?? text.length;
  const before = text.slice(0, at);
  const indent = last ? /^ */.exec(text.slice(last.start))![0] : '';
  const lines = [`- ${kind.key}: "${id}"`, ...(name === null ? [] : [`  name: ${JSON.stringify(name)}`])];
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${lines.map((line) => `${indent}${line}\n`).join('')}${text.slice(at)}`;
}

/** Puts the new name where the old one stands, or on a line of its own after the entry; `null` where it takes more. */
function renameLine({ kind, text }: ParsedList, { row }: Listed, name: string): string | null {
  const value = JSON.stringify(name);
  if (row.name !== null) {
    const { text: old, offset } = row.name;
    const token = [`"${old}"`, `'${old}'`, old].find((form) => text.startsWith(form, offset));
    return token === undefined ? null : text.slice(0, offset) + value + text.slice(offset + token.length);
  }
  const indent = new RegExp(`^( *)- ${kind.key}:`, 'u').exec(text.slice(row.start, row.end))?.[1];
  if (indent === undefined) return null;
  const gap = text.endsWith('\n', row.end) ? '' : '\n';
  return `${text.slice(0, row.end)}${gap}${indent}  name: ${value}\n${text.slice(row.end)}`;
}
