import { createHash } from 'node:crypto';
import type { Allowlist } from '@xmtp-messaging/allowlist';
import type { AuditLog } from './open-audit-log.ts';

/** More changes at once are one line with their number. */
const maxLines = 100;

/**
 * Writes every change of a list into the audit log, whoever made it: through the list, or in its file, also while nobody
 * looked. A list that cannot be read is none that has changed. It ends with the list.
 */
export function followList(list: Allowlist, name: string, audit: AuditLog): void {
  let known: ReadonlyMap<string, string | null> | null = null;
  const look = () => {
    const { state } = list.status();
    if (state !== 'ready') return;
    const now = new Map(list.entries().map((entry) => [entry.address, entry.name]));
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
    else for (const change of changes) audit.record({ by, ...change, list: name, digest });
  };
  look();
  list.subscribe(look);
}

function* differences(before: ReadonlyMap<string, string | null>, after: ReadonlyMap<string, string | null>) {
  for (const [address, name] of before) if (!after.has(address)) yield { action: 'removed', address, name };
  for (const [address, name] of after) {
    if (!before.has(address)) yield { action: 'added', address, name };
    else if (before.get(address) !== name) yield { action: 'renamed', address, name };
  }
}

function digestOf(entries: ReadonlyMap<string, string | null>): string {
  const rows = [...entries].map((entry) => JSON.stringify(entry)).toSorted();
  return createHash('sha256').update(rows.join('\n')).digest('hex');
}
