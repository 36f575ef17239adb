import type { ListEntry } from './list-entry.ts';
import type { ListKind } from './list-kinds.ts';
import type { Rows } from './rows.ts';

/** What is asked of the YAML library. Plain data: it may be done in another thread. */
export type DocumentTask = { text: string; key: ListKind['key'] } & (
  | { what: 'read' }
  | { what: 'insert'; entry: ListEntry }
  | { what: 'remove'; index: number }
  | { what: 'rename'; index: number; name: string | null }
);

/** Rows, or the text of the edited document. */
export type DocumentResult = Rows | string;
