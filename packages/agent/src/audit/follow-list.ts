import { createHash } from 'node:crypto';
import type { Allowlist, AllowlistEntry, GroupEntry, GroupList } from '@xmtp-messaging/allowlist';
import type { AuditLog } from './open-audit-log.ts';

/** More changes at once are one line with their number. */
const maxLines = 100;

/**
 * Writes every change of a list into the audit log, whoever made it: through the list, or in its file, also while nobody
 * looked. A list that cannot be read is none that has changed. It ends with the list.
 */
export function followList(list: Allowlist | GroupList, name: string, audit: AuditLog): void {
  let known: ReadonlyMap<string, string | null> | null = null;
  const look = () => {
    const { state } = list.status();
    if (state !== 'ready') return;
    const now = new Map(list.entries().map((entry) => [idOf(entry), entry.name]));
    const digest = digestOf(now);
    const by = audit.actor();
    if (known === null) {
      const last = audit.last({ list: name });
      if (last !== digest && !(last === undefined && now.size === 0))
        audit.record({
          by: 'file',
          action: last === undefined ? 'found' : 'changed',
          list: name,
          count: now.size,
          digest,
        });
      known = now;
      return;
    }
    const changes = [...differences(known, now)];
    known = now;
    if (changes.length > maxLines) audit.record({ by, action: 'changed', list: name, count: now.size, digest });
    else {
      for (const { id, ...change } of changes) {
        const which = id.startsWith('0x') ? { address: id } : { conversationId: id };
        audit.record({ by, ...change, ...which, list: name, digest });
      }
    }
  };
  look();
  list.subscribe(look);
}

/** Addresses and the ids of groups look different. */
const idOf = (entry: AllowlistEntry | GroupEntry) => ('address' in entry ? entry.address : entry.conversationId);

function* differences(before: ReadonlyMap<string, string | null>, after: ReadonlyMap<string, string | null>) {
  for (const [id, name] of before) if (!after.has(id)) yield { action: 'removed', id, name };
  for (const [id, name] of after) {
    if (!before.has(id)) yield { action: 'added', id, name };
    else if (before.get(id) !== name) yield { action: 'renamed', id, name };
  }
}

function digestOf(entries: ReadonlyMap<string, string | null>): string {
  const rows = [...entries].map((entry) => JSON.stringify(entry)).toSorted();
  return createHash('sha256').update(rows.join('\n')).digest('hex');
}
