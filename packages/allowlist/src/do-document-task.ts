import { insertInDocument, removeFromDocument, renameInDocument } from './edit-document.ts';
import type { DocumentResult, DocumentTask } from './document-task.ts';
import { listKinds } from './list-kinds.ts';
import { readDocument } from './read-document.ts';

/** @throws AllowlistError with the place of the first fault */
export function doDocumentTask(task: DocumentTask): DocumentResult {
  const { text, key, what } = task;
  const source = { text, kind: listKinds[key] };
  if (what === 'insert') return insertInDocument(source, task.entry);
  if (what === 'remove') return removeFromDocument(source, task.index);
  if (what === 'rename') return renameInDocument(source, task.index, task.name);
  const { rows, layout } = readDocument(text, key);
  return { rows, layout };
}
