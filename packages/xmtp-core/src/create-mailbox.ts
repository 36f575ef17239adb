import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { createMailboxBackup } from './backup/create-mailbox-backup.ts';
import { bellEvents } from './bell/bell-events.ts';
import { createSecondLook } from './bell/create-second-look.ts';
import { openBell } from './bell/open-bell.ts';
import { closeMailbox } from './close-mailbox.ts';
import { createEncryptFile } from './content/create-encrypt-file.ts';
import { callsAs } from './governor/call-class.ts';
import { createHealthMonitor } from './health/create-health-monitor.ts';
import { createTroubleNamer } from './health/create-trouble-namer.ts';
import { networkName } from './home/home-state.ts';
import { findLosses } from './home/find-losses.ts';
import { watchDisk } from './home/watch-disk.ts';
import type { HomePaths } from './home/open-home.ts';
import { createIdentityWatch } from './identity/create-identity-watch.ts';
import { refuseStaleCopy } from './identity/refuse-stale-copy.ts';
import { createConversations } from './history/create-conversations.ts';
import { createActivityReader } from './history/create-activity-reader.ts';
import { createSentReader } from './history/create-sent-reader.ts';
import { createConversationStore } from './history/create-conversation-store.ts';
import { createGroups } from './sdk/create-groups.ts';
import { createGroupStanding, isClosed } from './inbox/create-group-standing.ts';
import { createConversationBook } from './inbox/create-conversation-book.ts';
import { createMemberBook } from './inbox/create-member-book.ts';
import { openInbox } from './inbox/open-inbox.ts';
import { keepJournalCopy } from './journal/keep-journal-copy.ts';
import { openHomeJournal } from './journal/open-home-journal.ts';
import type { OpenedClient } from './open-client.ts';
import { createMailboxSend } from './outbox/create-mailbox-send.ts';
import { createNameBook } from './outbox/create-name-book.ts';
import { createOutboundStore } from './outbox/create-outbound-store.ts';
import { createOutbox } from './outbox/create-outbox.ts';
import { createTakeBackIntents } from './outbox/recover/create-take-back-intents.ts';
import { openRetention } from './retention/open-retention.ts';
import { sizesOfHome } from './retention/sizes-of-home.ts';
import { createReconcileLoop } from './create-reconcile-loop.ts';
import type { MailboxStatus } from './health/status-types.ts';
import type { Address, Mailbox, MailboxEvent, MailboxOptions } from './types.ts';
import { within } from './util/within.ts';

/** Publishing that failed again after this attempt is worth a look at the network and at our own standing. */
const suspiciousAttempt = 1;
/** How long opening waits for the first reconcile, which goes on in any case. */
const firstReconcileMs = 30_000;

/** Puts the parts of an open mailbox together and starts them. */
export async function createMailbox(context: {
  options: MailboxOptions;
  address: Address;
  paths: HomePaths;
  opened: OpenedClient;
  unlock: () => void;
}): Promise<Mailbox> {
  const { options, address, paths, opened, unlock } = context;
  const { client, isNew } = opened;
  const { now = wallClock, random = Math.random } = options;
  const onEvent = (event: MailboxEvent) => options.onEvent?.(event);

  const { place } = opened;
  const health = createHealthMonitor({ now, onEvent, opened, facts: client.calls.facts, displaced: place.displaced });
  client.observe(health.noted);
  const disk = watchDisk(paths);
  const failed = (error: unknown) => health.failed(disk.explain(error));
  const journal = await openHomeJournal({ paths, place, disk, health, now, onEvent });
  const names = createNameBook(journal, now);
  const losses = findLosses({ journal, ...opened.losses, now });
  const listed = createConversationStore(journal);
  const book = createConversationBook({ client, journal, listed });
  const people = createMemberBook({ client, elapsed: createElapsedClock(now), now });
  const bell = openBell({ client, book, isEnabled: options.bell ?? true, now, random });
  const outbound = createOutboundStore(journal);
  const received = await openInbox({
    options,
    client,
    journal,
    book,
    isNew,
    people,
    now,
    random,
    onEvent,
    onFound: bell.listen,
  });
  const { inbox, receiver, contents, inbound, findOwn, counts, stop, stopDelivery } = received;
  const stores = { journal, outbound, book, inbox: received };
  const retention = openRetention({ options, client, ...stores, now, random, onEvent });
  const reconcile = createReconcileLoop({
    async attempt({ urgent }) {
      const { admitted, complete } = await callsAs(urgent ? 'receive' : 'background', receiver.reconcile);
      // What waits for its sender to be looked up is asked for again soon.
      return { news: admitted > 0, complete: complete && !health.isFailing('identity') };
    },
    beat: client.calls.beat,
    isBellUp: bell.isUp,
    onSuccess() {
      // A sync that brought nothing wrote nothing.
      const trouble = disk.look();
      health.noted({ direction: 'storage', kind: 'disk' }, trouble);
      if (trouble === null) health.synced();
      else health.failed(trouble);
    },
    onFailure: failed,
    random,
    withBellMs: options.reconcileEveryMs ?? 15_000,
  });
  // What starts here may fail: reconcile brings what was missed, and reports.
  const quietly = async (work: Promise<unknown>): Promise<void> => {
    await work.catch(reconcile.missed);
  };
  const watch = createIdentityWatch({ client, now, everyMs: options.identityCheckEveryMs ?? 300_000 });
  const trouble = createTroubleNamer({ client, note: health.noted, now });
  const standingOf = createGroupStanding(options.groupPolicy);
  const conversations = createConversations({
    client,
    book,
    store: listed,
    inbound,
    outbound,
    findOwn,
    sent: createSentReader(journal),
    activity: createActivityReader(journal),
    read: contents.read,
    people,
    isAllowed: options.isAllowed,
    isExpected: options.isExpected,
    isClosed: (groupId) => isClosed(standingOf(groupId)),
  });
  const outbox = createOutbox({
    client,
    journal,
    outbound,
    encryptionKey: opened.encryptionKey,
    takeBackIntents: createTakeBackIntents({
      address,
      databasePath: paths.database,
      encryptionKey: opened.encryptionKey,
      inboxId: client.inboxId,
    }),
    sendDeadlineMs: options.sendDeadlineMs,
    maxQueuedSends: options.maxQueuedSends,
    now,
    random,
    onEvent,
    onStuck(conversationId, attempt, error) {
      void trouble.stuck(conversationId, error);
      if (attempt >= suspiciousAttempt) watch.lookSoon();
    },
    onSent(conversationId) {
      trouble.sent(conversationId);
      listed.used(book.get(conversationId)?.id ?? conversationId, now());
    },
    onUsed: (conversation) => void quietly(receiver.adopt(conversation)),
  });

  // Before anything syncs: a sync may publish what an earlier process left behind.
  try {
    await opened.noteJournal();
    const open = new Set(outbound.open().map(({ conversationId }) => conversationId));
    const resume = await outbox.recover();
    const looking = { client, book, list: receiver.list, outbound, end: opened.end, now };
    if (!isNew) await refuseStaleCopy({ ...looking, isOpenIn: (id) => open.has(id) });
    await resume();
  } catch (error) {
    journal.close();
    throw error;
  }
  // Now: nothing is half recorded.
  const copies = keepJournalCopy({
    path: paths.journal,
    journal,
    now,
    onFailure: (error) => onEvent({ level: 'warn', name: 'journal-not-copied', details: { code: error.code } }),
  });
  reconcile.start();
  await within(reconcile.now(), { ms: firstReconcileMs });
  retention.start();
  watch.start({
    onBudget: health.setBudget,
    onTerminal(error) {
      health.fail(error);
      // Nothing waits for what only a person can end.
      void outbox.stop(error);
    },
  });
  const silence = new AbortController();
  const secondLook = client.inPages ? createSecondLook({ signal: silence.signal, random }) : undefined;
  bell.start(bellEvents({ receiver, reconcile, watch, calls: client.calls, secondLook, quietly, onEvent }));
  const status = (): MailboxStatus => ({
    ...health.describe(reconcile.intervalMs()),
    address,
    inboxId: client.inboxId,
    installationId: client.installationId,
    env: networkName(options.network),
    bell: { enabled: bell.isEnabled, ...bell.facts() },
    ...counts(),
    outbox: outbox.counts(),
    storage: sizesOfHome(paths.root),
    losses: losses(),
  });

  let last: MailboxStatus | undefined;
  let closing: Promise<void> | undefined;
  const close = async (timeoutMs: number) => {
    silence.abort();
    const working = {
      health,
      bell,
      watch,
      stopDelivery,
      reconcile,
      outbox,
      stopInbox: stop,
      receiver,
      copies,
      retention,
    };
    await closeMailbox({ ...working, journal, client, unlock }, { timeoutMs, atRest: () => (last = status()) });
  };
  const closeOnce = (timeoutMs = 5_000) => (closing ??= close(timeoutMs));

  return {
    address,
    inboxId: client.inboxId,
    installationId: client.installationId,
    client: client.sdk,
    inbox,
    groups: createGroups({
      client,
      encryptionKey: opened.encryptionKey,
      now,
      random,
      onUsed: (conversation) => void quietly(receiver.adopt(conversation)),
      invitations: receiver,
    }),
    conversations,
    names,
    send: createMailboxSend({ outbox, book, health, disk, isClosing: () => closing !== undefined }),
    encryptFile: createEncryptFile(opened.encryptionKey),
    hasKey: (key) => outbox.hasKey(key),
    backup: createMailboxBackup({ paths, place, client, journal, now, onEvent }),
    status: () => last ?? status(),
    reconsider: () => receiver.reconsider(),
    async prune() {
      await reconcile.now();
      await retention.now();
    },
    close: ({ timeoutMs } = {}) => closeOnce(timeoutMs),
    [Symbol.asyncDispose]: () => closeOnce(),
  };
}
