import { AllowlistError } from './errors.ts';
import type { ListEntry } from './list-entry.ts';
import { type Listed, type ParsedList, parseList } from './parse-list.ts';

/** The file's text with `entry` after the last one; everything else stays byte for byte where the layout allows. */
export async function insertEntry(list: ParsedList, entry: ListEntry): Promise<ParsedList> {
  const wanted = [...list.byId.values()].map(key).concat(`${entry.id.toLowerCase()} ${entry.name ?? ''}`);
  const edits: Edit[] = [async () => (await loadDocumentEdits()).insertInDocument(list, entry)];
  if (list.layout === 'lines') edits.unshift(() => insertLines(list, entry));
  return await firstThatReads(edits, wanted, list.kind);
}

/** The file's text without `sender`. Comments on lines of their own stay. */
export async function removeEntry(list: ParsedList, sender: Listed): Promise<ParsedList> {
  const senders = [...list.byId.values()];
  const wanted = senders.filter((other) => other !== sender).map(key);
  const edits: Edit[] = [async () => (await loadDocumentEdits()).removeFromDocument(list, senders.indexOf(sender))];
  if (list.layout === 'lines') {
    edits.unshift(() => list.text.slice(0, sender.row.start) + list.text.slice(sender.row.end));
  }
  return await firstThatReads(edits, wanted, list.kind);
}

/** The file's text with another name for `sender`, or none. Everything else stays byte for byte where the layout allows. */
export async function renameEntry(list: ParsedList, sender: Listed, name: string | null): Promise<ParsedList> {
  const senders = [...list.byId.values()];
  const wanted = senders.map((other) => key(other === sender ? { ...sender, name } : other));
  const edits: Edit[] = [async () => (await loadDocumentEdits()).renameInDocument(list, senders.indexOf(sender), name)];
  const line = list.layout === 'lines' && name !== null ? renameLine(list, sender, name) : null;
  if (line !== null) edits.unshift(() => line);
  return await firstThatReads(edits, wanted, list.kind);
}

type Edit = () => string | Promise<string>;

/** The YAML library is loaded only for what the plain edits of lines cannot do. */
const loadDocumentEdits = () => import('./edit-document.ts');

const key = ({ lower, name }: Listed) => `${lower} ${name ?? ''}`;

/** An edit counts only if the new text, read from scratch, holds exactly the entries it should. */
async function firstThatReads(
  edits: readonly Edit[],
  wanted: readonly string[],
  kind: ParsedList['kind'],
): Promise<ParsedList> {
  let cause: unknown;
  for (const edit of edits) {
    try {
      const result = await parseList(await edit(), kind);
      const found = [...result.byId.values()].map(key);
      if (found.length === wanted.length && found.every((each, index) => each === wanted[index])) return result;
    } catch (error) {
      cause = error;
    }
  }
  throw new AllowlistError({ code: 'ALLOWLIST_WRITE_FAILED', cause });
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
    const token = [`"${old}"`, `'${old}'`, old].find((form) => form !== '' && text.startsWith(form, offset));
    return token === undefined ? null : text.slice(0, offset) + value + text.slice(offset + token.length);
  }
  const indent = new RegExp(`^( *)- ${kind.key}:`, 'u').exec(text.slice(row.start, row.end))?.[1];
  if (indent === undefined) return null;
  const gap = text.endsWith('\n', row.end) ? '' : '\n';
  return `${text.slice(0, row.end)}${gap}${indent}  name: ${value}\n${text.slice(row.end)}`;
}
