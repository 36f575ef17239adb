import { createCommitLog } from './create-commit-log.ts';
import { createEnvelopes } from './create-envelopes.ts';
import { createFiles } from './create-files.ts';
import { createGroupMessages } from './create-group-messages.ts';
import { createIdAllocator } from './create-id-allocator.ts';
import { createIdentityLog } from './create-identity-log.ts';
import { createKeyPackages } from './create-key-packages.ts';
import { createSettings } from './create-settings.ts';
import { createSnapshots } from './create-snapshots.ts';
import { openDatabase } from './open-database.ts';
import { runTransaction } from './run-transaction.ts';
import { dumpState } from './dump-state.ts';
import { loadState } from './load-state.ts';
import { createUniqueClock } from './create-unique-clock.ts';
import { createWelcomeMessages } from './create-welcome-messages.ts';

/** Everything the network remembers. */
export type Store = ReturnType<typeof createStore>;

export interface StoreOptions {
  /** Folder of the database. @default undefined, in memory */
  readonly dataDir?: string | undefined;
  /** State file to begin with. @default undefined */
  readonly loadFrom?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Opens the store in `dataDir`, or in memory. @throws DevnetError CANNOT_OPEN_DATA, CANNOT_READ_STATE */
export function createStore({ dataDir, loadFrom, now }: StoreOptions) {
  const database = openDatabase(dataDir);
  if (loadFrom !== undefined) loadState(database, loadFrom);
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
    settings: createSettings(database),
    snapshots: createSnapshots(database, allocateId),
    transaction: <T>(work: () => T): T => runTransaction(database, work),
    /** Writes everything to a state file. @throws DevnetError CANNOT_WRITE_STATE */
    dump: (path: string) => dumpState(database, path),
    /** Grows with every write. */
    changes: (): number => (database.prepare('select total_changes() as n').get() as { n: number }).n,
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
