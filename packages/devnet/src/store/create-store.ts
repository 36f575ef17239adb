import { createCommitLog } from './create-commit-log.ts';
import { createEnvelopes } from './create-envelopes.ts';
import { createFiles } from './create-files.ts';
import { createGroupMessages } from './create-group-messages.ts';
import { createIdAllocator } from './create-id-allocator.ts';
import { createIdentityLog } from './create-identity-log.ts';
import { createKeyPackages } from './create-key-packages.ts';
import { openDatabase } from './open-database.ts';
import { createUniqueClock } from './create-unique-clock.ts';
import { createWelcomeMessages } from './create-welcome-messages.ts';

/** Everything the network remembers. */
export type Store = ReturnType<typeof createStore>;

/** Opens the store in `dataDir`, or in memory. `now` gives milliseconds since the epoch. */
export function createStore({ dataDir, now }: { dataDir: string | undefined; now: () => number }) {
  const database = openDatabase(dataDir);
  const clock = createUniqueClock(database, now);
  const allocateId = createIdAllocator(database);
  return {
    groupMessages: createGroupMessages(database, clock, allocateId),
    welcomeMessages: createWelcomeMessages(database, clock, allocateId),
    keyPackages: createKeyPackages(database, clock, allocateId),
    identityLog: createIdentityLog(database, clock, allocateId),
    envelopes: createEnvelopes(database, allocateId),
    /** Nanoseconds since the epoch, on the clock that dates what is stored. */
    nowNs: () => BigInt(Math.trunc(now())) * 1_000_000n,
    commitLog: createCommitLog(database, clock),
    files: createFiles(database, clock),
    /** Runs `work` so that either all of its writes survive or none. */
    transaction<T>(work: () => T): T {
      database.exec('begin immediate');
      try {
        const result = work();
        database.exec('commit');
        return result;
      } catch (error) {
        database.exec('rollback');
        throw error;
      }
    },
    /** Rows by kind. */
    counts(): Record<string, number> {
      const count = (sql: string) => (database.prepare(sql).get() as { n: number }).n;
      return {
        inboxes: count('select count(distinct inbox_id) as n from identity_update'),
        identityUpdates: count('select count(*) as n from identity_update'),
        installations: count('select count(*) as n from key_package'),
        conversations: count('select count(distinct group_id) as n from group_message'),
        groupMessages: count('select count(*) as n from group_message'),
        welcomeMessages: count('select count(*) as n from welcome_message'),
        commitLogEntries: count('select count(*) as n from commit_log'),
        files: count('select count(*) as n from file'),
      };
    },
    close: () => database.close(),
  };
}
