import type { ListSnapshot } from '@xmtp-messaging/allowlist';
import { chunksOf } from '@xmtp-messaging/errors';

/** What became of an entry. `id`: an address or the id of a group, lower case. */
export interface Difference {
  action: 'removed' | 'added' | 'renamed';
  id: string;
  name: string | null;
}

/** Entries in one piece of work. */
export const pieceEntries = 200;

/** Everything in which two states of a list differ, and nothing after each piece of work. */
export function* differencesOf(before: ListSnapshot, after: ListSnapshot): Generator<Difference | undefined> {
  for (const entries of chunksOf(before, pieceEntries)) {
    for (const [id, { name }] of entries) if (!after.has(id)) yield { action: 'removed', id, name };
    yield undefined;
  }
  for (const entries of chunksOf(after, pieceEntries)) {
    for (const [id, { name }] of entries) {
      const known = before.get(id);
      if (known === undefined) yield { action: 'added', id, name };
      else if (known.name !== name) yield { action: 'renamed', id, name };
    }
    yield undefined;
  }
}
