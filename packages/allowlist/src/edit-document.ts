import { isMap, isScalar, isSeq, type Node, Scalar, type YAMLSeq } from 'yaml';
import { readDocument } from './read-document.ts';
import type { ListEntry } from './list-entry.ts';
import type { ListKind } from './list-kinds.ts';

/** What is edited. */
interface Source {
  text: string;
  kind: ListKind;
}

/** The text of a YAML list of any form with `entry` at its end. Comments stay; spacing may change. */
export function insertInDocument(source: Source, entry: ListEntry): string {
  return editDocument(source, (seq, node) => seq.add(node(entry)));
}

/** The text of a YAML list of any form without the item at `index`. Comments stay; spacing may change. */
export function removeFromDocument(source: Source, index: number): string {
  return editDocument(source, (seq) => cut(seq, index));
}

/** The text of a YAML list of any form with another name for the item at `index`. Comments stay; spacing may change. */
export function renameInDocument(source: Source, index: number, name: string | null): string {
  return editDocument(source, (seq, node) => {
    const item = seq.items[index] as Node;
    if (!isMap(item)) {
      const map = node({ id: String((item as Scalar).value), name });
      map.commentBefore = item.commentBefore ?? null;
      map.comment = item.comment ?? null;
      seq.items[index] = map;
    } else if (name === null) item.delete('name');
    else {
      const old = item.get('name', true);
      const value = isScalar(old) ? old : new Scalar(name);
      value.value = name;
      value.type = Scalar.QUOTE_DOUBLE;
      item.set('name', value);
    }
  });
}

function editDocument({ text, kind }: Source, edit: (seq: YAMLSeq, node: (entry: ListEntry) => Node) => void): string {
  const { document } = readDocument(text, kind.key);
  if (!isSeq(document.contents)) {
    const { commentBefore, comment } = document.contents ?? {};
    document.contents = document.createNode([]) as never;
    document.commentBefore = [document.commentBefore, commentBefore, comment].filter(Boolean).join('\n');
  }
  const seq = document.contents as unknown as YAMLSeq;
  if (seq.items.length === 0) seq.flow = false;
  edit(seq, ({ id, name }) => {
    const map = document.createNode({ [kind.key]: id, ...(name !== null && { name }) });
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
