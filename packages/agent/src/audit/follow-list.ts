import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Allowlist, GroupList, ListSnapshot } from '@xmtp-messaging/allowlist';
import { inPieces, type Pieces } from '@xmtp-messaging/errors';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { type Difference, differencesOf } from './differences-of.ts';
import { digestOf } from './digest-of.ts';
import type { AuditActor } from './audit-line-schema.ts';
import type { AuditLog } from './open-audit-log.ts';

/** More changes at once are one line with their number and the digest of the whole, which says as much of who was meant. */
const maxLines = 100;

/**
 * Writes every change of a list into the audit log, whoever made it: through the list, or in its file, also while nobody
 * looked. A list that cannot be read is none that has changed. It ends with the list. What was changed is in force meanwhile, and the
 * next change waits: the lines are in its order.
 * @param pause Lets others work. @default a turn of the event loop
 * @returns resolves when what is there now is written
 */
export function followList(
  list: Allowlist | GroupList,
  name: string,
  audit: AuditLog,
  pause: () => Promise<unknown> = nextTurn,
): Promise<void> {
  let known: ListSnapshot | null = null;
  let before: Promise<void> = Promise.resolve();
  const compare = async (now: ListSnapshot, by: AuditActor) => {
    const digest = await inPieces(digestOf(now), pause);
    const all = { list: name, count: now.size, digest };
    if (known === null) {
      const last = audit.last({ list: name });
      if (last !== digest && !(last === undefined && now.size === 0)) {
        audit.record({ by: 'file', action: last === undefined ? 'found' : 'changed', ...all });
      }
    } else {
      const changes = await inPieces(firstOf(maxLines + 1, differencesOf(known, now)), pause);
      if (changes.length > maxLines) audit.record({ by, action: 'changed', ...all });
      else for (const change of changes) audit.record({ by, ...shown(change), list: name, digest });
    }
    known = now;
  };
  /** Of this moment, by whoever is at work in it. */
  const look = (): Promise<void> => {
    if (list.status().state !== 'ready') return before;
    const [now, by] = [list.snapshot(), audit.actor()];
    before = before.then(() => compare(now, by));
    return before;
  };
  list.subscribe(look);
  return look();
}

/** Addresses and the ids of groups look different. */
const shown = ({ id, ...change }: Difference) =>
  id.startsWith('0x') ? { ...change, address: toChecksumAddress(id) } : { ...change, conversationId: id };

function* firstOf(limit: number, differences: Generator<Difference | undefined>): Pieces<Difference[]> {
  const found: Difference[] = [];
  for (const difference of differences) {
    if (difference === undefined) yield;
    else if (found.push(difference) === limit) break;
  }
  return found;
}
