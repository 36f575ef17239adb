import { createHash } from 'node:crypto';
import type { ListSnapshot } from '@xmtp-messaging/allowlist';
import { chunksOf, type Pieces } from '@xmtp-messaging/errors';
import { pieceEntries } from './differences-of.ts';

/** SHA-256 of all entries with their names, in hex, whatever their order. */
export function* digestOf(entries: ListSnapshot): Pieces<string> {
  // By the first byte: one sort of all would be one piece of work.
  const parts = new Map<string, string[]>();
  for (const some of chunksOf(entries, pieceEntries)) {
    for (const [id, { name }] of some) {
      const start = id.startsWith('0x') ? id.slice(2, 4) : id.slice(0, 2);
      const part = parts.get(start);
      const row = JSON.stringify([id, name]);
      if (part === undefined) parts.set(start, [row]);
      else part.push(row);
    }
    yield;
  }
  const hash = createHash('sha256');
  let hashed = 0;
  for (const start of [...parts.keys()].toSorted()) {
    const rows = parts.get(start)!.toSorted();
    for (const row of rows) hash.update(`${row}\n`);
    hashed += rows.length;
    if (hashed < pieceEntries) continue;
    hashed = 0;
    yield;
  }
  return hash.digest('hex');
}
