import { mailboxError } from './errors.ts';
import { networkName } from './home/home-state.ts';
import type { HomePaths } from './home/open-home.ts';
import { createInboxSide } from './inbox/create-inbox-side.ts';
import { openJournal } from './journal/open-journal.ts';
import { createHealthMonitor } from './health-monitor.ts';
import type { OpenedClient } from './open-client.ts';
import { createOutboxSide } from './outbox/create-outbox-side.ts';
import { createReconcileLoop } from './reconcile-loop.ts';
import type { MailboxStatus } from './types-status.ts';
import type { Address, Mailbox, MailboxEvent, MailboxOptions } from './types.ts';
import { within } from './util/timing.ts';

/** Puts the parts of an open mailbox together and starts them. */
export async function createMailbox(context: {
  options: MailboxOptions;
  address: Address;
  paths: HomePaths;
  opened: OpenedClient;
  unlock: () => void;
}): Promise<Mailbox> {
  const { options, address, paths, opened, unlock } = context;
  const { client } = opened;
  const { now = Date.now, random = Math.random } = options;
  const onEvent = (event: MailboxEvent) => options.onEvent?.(event);
  const health = createHealthMonitor({ now, onEvent, opened });
  const journal = openJournal({ path: paths.journal, onCommitFailure: health.failed });
  const inboxSide = createInboxSide({ options, client, journal, now, onEvent, isNew: opened.isNew });
  const outbox = createOutboxSide({ options, opened, journal, now, random, onEvent, onStuck: () => undefined });

  await outbox.recover();
  const reconcile = createReconcileLoop({
    attempt: async () => {
      const { accepted } = await inboxSide.receiver.reconcile();
      return { news: accepted > 0 };
    },
    isBellUp: () => false,
    onSuccess: health.synced,
    onFailure: health.failed,
    random,
  });
  await reconcile.now();

  const status = (): MailboxStatus => ({
    ...health.judge(reconcile.intervalMs()),
    address,
    inboxId: client.inboxId,
    installationId: client.installationId,
    env: networkName(options.network),
    bell: { enabled: options.bell ?? true, up: false, lastRingAt: null, since: null },
    inbox: inboxSide.counts(),
    outbox: outbox.counts(),
  });
  let last: MailboxStatus | undefined;
  let closing: Promise<void> | undefined;
  const close = async (timeoutMs: number) => {
    const end = performance.now() + timeoutMs;
    const left = () => Math.max(0, Math.ceil(end - performance.now()));
    health.close();
    await Promise.all([reconcile.stop(left()), outbox.drain(AbortSignal.timeout(left()))]);
    outbox.stop();
    await within(inboxSide.receiver.idle(), left());
    last = status();
    journal.close();
    client.release();
    unlock();
  };

  return {
    address,
    inboxId: client.inboxId,
    installationId: client.installationId,
    inbox: inboxSide.inbox,
    async send(request) {
      if (closing !== undefined) throw mailboxError('CLOSED');
      const terminal = health.terminal();
      if (terminal !== null) throw terminal;
      return await outbox.send(request);
    },
    status: () => last ?? status(),
    reconsider: async () => {
      await reconcile.now();
    },
    async close({ timeoutMs = 5_000 } = {}) {
      closing ??= close(timeoutMs);
      await closing;
    },
  };
}
