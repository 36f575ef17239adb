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
  throw new AllowlistError({
    code: 'ALLOWLIST_WRITE_FAILED',
    shortMessage: 'The list could not be edited without changing other entries; it is as it was.',
    metaMessages: ['Make the change by hand, or write the list in the plain form of the documentation.'],
    cause,
  });
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
