import { AllowlistError } from './errors.ts';
import { type ListedSender, type ParsedAllowlist, parseAllowlist } from './parse-allowlist.ts';
import type { AllowlistEntry } from './types.ts';

/** The file's text with `entry` after the last one; everything else stays byte for byte where the layout allows. */
export async function insertEntry(list: ParsedAllowlist, entry: AllowlistEntry): Promise<ParsedAllowlist> {
  const wanted = [...list.byAddress.values()].map(key).concat(`${entry.address.toLowerCase()} ${entry.name ?? ''}`);
  const edits: Edit[] = [async () => (await loadDocumentEdits()).insertInDocument(list.text, entry)];
  if (list.layout === 'lines') edits.unshift(() => insertLines(list, entry));
  return await firstThatReads(edits, wanted);
}

/** The file's text without `sender`. Comments on lines of their own stay. */
export async function removeEntry(list: ParsedAllowlist, sender: ListedSender): Promise<ParsedAllowlist> {
  const senders = [...list.byAddress.values()];
  const wanted = senders.filter((other) => other !== sender).map(key);
  const edits: Edit[] = [
    async () => (await loadDocumentEdits()).removeFromDocument(list.text, senders.indexOf(sender)),
  ];
  if (list.layout === 'lines') {
    edits.unshift(() => list.text.slice(0, sender.row.start) + list.text.slice(sender.row.end));
  }
  return await firstThatReads(edits, wanted);
}

/** The file's text with another name for `sender`, or none. Everything else stays byte for byte where the layout allows. */
export async function renameEntry(
  list: ParsedAllowlist,
  sender: ListedSender,
  name: string | null,
): Promise<ParsedAllowlist> {
  const senders = [...list.byAddress.values()];
  const wanted = senders.map((other) => key(other === sender ? { ...sender, name } : other));
  const edits: Edit[] = [
    async () => (await loadDocumentEdits()).renameInDocument(list.text, senders.indexOf(sender), name),
  ];
  const line = list.layout === 'lines' && name !== null ? renameLine(list.text, sender, name) : null;
  if (line !== null) edits.unshift(() => line);
  return await firstThatReads(edits, wanted);
}

type Edit = () => string | Promise<string>;

/** The YAML library is loaded only for what the plain edits of lines cannot do. */
const loadDocumentEdits = () => import('./edit-document.ts');

const key = ({ lower, name }: ListedSender) => `${lower} ${name ?? ''}`;

/** An edit counts only if the new text, read from scratch, holds exactly the entries it should. */
async function firstThatReads(edits: readonly Edit[], wanted: readonly string[]): Promise<ParsedAllowlist> {
  let cause: unknown;
  for (const edit of edits) {
    try {
      const result = await parseAllowlist(await edit());
      const found = [...result.byAddress.values()].map(key);
      if (found.length === wanted.length && found.every((each, index) => each === wanted[index])) return result;
    } catch (error) {
      cause = error;
    }
  }
  throw new AllowlistError({ code: 'ALLOWLIST_WRITE_FAILED', cause });
}

function insertLines({ text, byAddress }: ParsedAllowlist, { address, name }: AllowlistEntry): string {
  const last = [...byAddress.values()].at(-1)?.row;
  const at = last?.end ?? text.length;
  const before = text.slice(0, at);
  const indent = last ? /^ */.exec(text.slice(last.start))![0] : '';
  const lines = [`- address: "${address}"`, ...(name === null ? [] : [`  name: ${JSON.stringify(name)}`])];
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${lines.map((line) => `${indent}${line}\n`).join('')}${text.slice(at)}`;
}

/** Puts the new name where the old one stands, or on a line of its own after the entry; `null` where it takes more. */
function renameLine(text: string, { row }: ListedSender, name: string): string | null {
  const value = JSON.stringify(name);
  if (row.name !== null) {
    const { text: old, offset } = row.name;
    const token = [`"${old}"`, `'${old}'`, old].find((form) => form !== '' && text.startsWith(form, offset));
    return token === undefined ? null : text.slice(0, offset) + value + text.slice(offset + token.length);
  }
  const indent = /^( *)- address:/.exec(text.slice(row.start, row.end))?.[1];
  if (indent === undefined) return null;
  const gap = text.endsWith('\n', row.end) ? '' : '\n';
  return `${text.slice(0, row.end)}${gap}${indent}  name: ${value}\n${text.slice(row.end)}`;
}
