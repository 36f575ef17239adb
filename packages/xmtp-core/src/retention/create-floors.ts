import type { Journal } from '../journal/open-journal.ts';

/**
 * Up to where the messages of groups are settled for good, by the network's clock. What was deleted is known by nothing else:
 * whatever brings it back, it is never taken for a new message.
 */
export interface Floors {
  covers(groupId: string, sentAtNs: bigint): boolean;
  raise(groupId: string, sentAtNs: bigint): void;
}

export function createFloors(journal: Journal): Floors {
  const covers = journal.prepare('select 1 from floors where group_id = ? and until_ns >= ?');
  const raise = journal.prepare(
    `insert into floors (group_id, until_ns) values (?, ?)
     on conflict (group_id) do update set until_ns = max(until_ns, excluded.until_ns)`,
  );
  return {
    covers: (groupId, sentAtNs) => covers.get(groupId, sentAtNs) !== undefined,
    raise(groupId, sentAtNs) {
      journal.run(raise, groupId, sentAtNs);
    },
  };
}
