import { isSeq, type Node, Scalar, type YAMLSeq } from 'yaml';
import { AllowlistError } from './errors.ts';
import { type ListedSender, type ParsedAllowlist, parseAllowlist } from './parse-allowlist.ts';
import { readDocument } from './read-document.ts';
import type { AllowlistEntry } from './types.ts';

/** The file's text with `entry` after the last one; everything else stays byte for byte where the layout allows. */
export function insertEntry(list: ParsedAllowlist, entry: AllowlistEntry): ParsedAllowlist {
  const wanted = [...list.byAddress.values()].map(key).concat(`${entry.address.toLowerCase()} ${entry.name ?? ''}`);
  const edits = [() => editDocument(list.text, (seq, node) => seq.add(node(entry)))];
  if (list.layout === 'lines') edits.unshift(() => insertLines(list, entry));
  return firstThatReads(edits, wanted);
}

/** The file's text without `sender`. Comments on lines of their own stay. */
export function removeEntry(list: ParsedAllowlist, sender: ListedSender): ParsedAllowlist {
  const senders = [...list.byAddress.values()];
  const wanted = senders.filter((other) => other !== sender).map(key);
  const edits = [() => editDocument(list.text, (seq) => cut(seq, senders.indexOf(sender)))];
  if (list.layout === 'lines') {
    edits.unshift(() => list.text.slice(0, sender.row.start) + list.text.slice(sender.row.end));
  }
  return firstThatReads(edits, wanted);
}

const key = ({ lower, name }: ListedSender) => `${lower} ${name ?? ''}`;

/** An edit counts only if the new text, read from scratch, holds exactly the entries it should. */
function firstThatReads(edits: (() => string)[], wanted: string[]): ParsedAllowlist {
  let cause: unknown;
  for (const edit of edits) {
    try {
      const result = parseAllowlist(edit());
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

function editDocument(text: string, edit: (seq: YAMLSeq, node: (entry: AllowlistEntry) => Node) => void): string {
  const { document } = readDocument(text);
  if (!isSeq(document.contents)) {
    const { commentBefore, comment } = document.contents ?? {};
    document.contents = document.createNode([]) as never;
    document.commentBefore = [document.commentBefore, commentBefore, comment].filter(Boolean).join('\n');
  }
  const seq = document.contents as unknown as YAMLSeq;
  if (seq.items.length === 0) seq.flow = false;
  edit(seq, (entry) => {
    const map = document.createNode(entry.name === null ? { address: entry.address } : entry);
    for (const { value } of map.items) (value as Scalar).type = Scalar.QUOTE_DOUBLE;
    return map;
  });
  return document.toString({ lineWidth: 0 });
}

/** Removes an item; comments that stood before it move to what follows. */
function cut(seq: YAMLSeq, index: number): void {
  const [item] = seq.items.splice(index, 1) as Node[];
  const comment = item?.commentBefore;
  if (!comment) return;
  const heir = (seq.items[index] as Node | undefined) ?? seq;
  const where = heir === seq ? 'comment' : 'commentBefore';
  heir[where] = [comment, heir[where]].filter(Boolean).join('\n');
}
