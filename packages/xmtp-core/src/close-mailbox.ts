import { endAll } from '@xmtp-messaging/errors';
import type { Bell } from './bell/create-bell.ts';
import type { ReconcileLoop } from './create-reconcile-loop.ts';
import type { HealthMonitor } from './health/create-health-monitor.ts';
import type { IdentityWatch } from './identity/create-identity-watch.ts';
import type { Receiver } from './inbox/receiver-types.ts';
import type { keepJournalCopy } from './journal/keep-journal-copy.ts';
import type { Journal } from './journal/open-journal.ts';
import type { Outbox } from './outbox/create-outbox.ts';
import type { Sweeper } from './retention/create-sweeper.ts';
import type { NativeClient } from './sdk/native-client.ts';
import { within } from './util/within.ts';

/** What of a mailbox is at work. */
export interface WorkingParts {
  health: Pick<HealthMonitor, 'close'>;
  bell: Pick<Bell, 'close'>;
  watch: Pick<IdentityWatch, 'stop'>;
  stopDelivery: () => Promise<void>;
  reconcile: Pick<ReconcileLoop, 'stop'>;
  outbox: Pick<Outbox, 'drain' | 'stop'>;
  stopInbox: () => void;
  receiver: Pick<Receiver, 'idle'>;
  copies: ReturnType<typeof keepJournalCopy>;
  retention: Pick<Sweeper, 'stop'>;
  journal: Pick<Journal, 'close'>;
  client: Pick<NativeClient, 'release'>;
  /** Lets the home go. */
  unlock: () => void;
}

/**
 * Ends all work, what brings new work first, then lets the journal, the SDK's database and the home go, whatever of it failed.
 * @param options.timeoutMs For everything together. What is stored and not sent by then is sent by the next start.
 * @param options.atRest Called when nothing changes any more.
 */
export async function closeMailbox(
  parts: WorkingParts,
  { timeoutMs, atRest }: { timeoutMs: number; atRest: () => void },
): Promise<void> {
  const { health, bell, watch, reconcile, outbox, receiver, copies } = parts;
  const end = performance.now() + timeoutMs;
  const left = () => Math.max(0, Math.ceil(end - performance.now()));
  let swept: Promise<void> | undefined;
  await endAll(
    () => health.close(),
    () => bell.close(),
    () => watch.stop(),
    () => {
      swept = parts.retention.stop();
      // Told when its turn has come.
      swept.catch(() => undefined);
    },
    () => parts.stopDelivery(),
    () => Promise.all([reconcile.stop(left()), outbox.drain(left())]),
    () => outbox.stop(),
    () => parts.stopInbox(),
    () => within(receiver.idle(), { ms: left() }),
    () => swept,
    atRest,
    () => copies.stop(),
    () => parts.journal.close(),
    () => parts.client.release(),
    () => parts.unlock(),
  );
}
