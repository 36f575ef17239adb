import type { Bell } from './bell/create-bell.ts';
import type { ReconcileLoop } from './create-reconcile-loop.ts';
import type { HealthMonitor } from './health/create-health-monitor.ts';
import type { IdentityWatch } from './identity/create-identity-watch.ts';
import type { Receiver } from './inbox/receiver-types.ts';
import type { keepJournalCopy } from './journal/keep-journal-copy.ts';
import type { Outbox } from './outbox/create-outbox.ts';
import type { Sweeper } from './retention/create-sweeper.ts';
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
}

/**
 * Ends all work, what brings new work first; afterwards the journal and the SDK's database may be let go.
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
  health.close();
  bell.close();
  watch.stop();
  const swept = parts.retention.stop();
  await parts.stopDelivery();
  await Promise.all([reconcile.stop(left()), outbox.drain(left())]);
  await outbox.stop();
  parts.stopInbox();
  await within(receiver.idle(), { ms: left() });
  await swept;
  atRest();
  await copies.stop();
}
