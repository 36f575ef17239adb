import { isBaseError } from '@xmtp-messaging/errors';
import { createOwnRecogniser } from '../bell/create-own-recogniser.ts';
import { callsAs } from '../governor/call-class.ts';
import { mailboxError } from '../errors.ts';
import type { PostedMessage } from '../grpc/wire.ts';
import { isDatabaseBusy } from '../sdk/classify-error.ts';
import type { Conversation } from '../sdk/conversation.ts';
import { createCoalescer } from '../util/create-coalescer.ts';
import type { BookedConversation } from './create-conversation-book.ts';
import { createFullPass } from './create-full-pass.ts';
import { createSettleConversation } from './create-settle-conversation.ts';
import { createShowKnocks } from './create-show-knocks.ts';
import { createDecideWaiting } from './create-decide-waiting.ts';
import type { Receiver, ReceiverOptions } from './receiver-types.ts';
import { type ScanResult, scanConversation } from './scan-conversation.ts';

/** Envelopes of one conversation that a gateway gives at once (libxmtp, queries/d14n/mls.rs). */
const pageSize = 100;
/** Pages of one reconcile; the next goes on. */
const maxPages = 20;
/** Pages that may bring nothing for us although there is news: our own messages, what cannot be decrypted. */
const unreadPages = 5;

export function createReceiver(options: ReceiverOptions): Receiver {
  const { client, journal, dropped, waiting, book, decidePage, consent, rescue, texts, standings } = options;
  const { onFound, withChanges, now, elapsed } = options;
  const work = createCoalescer(4);
  const isOwn = createOwnRecogniser({ now });
  /** When any conversation was synced by itself. */
  let othersSyncedAt = Number.NEGATIVE_INFINITY;
  const conclusions = createSettleConversation({ book, consent, texts, standings, elapsed });

  /** @param lookedAt Elapsed time before which nothing lay there unseen. */
  const scan = async (
    conversation: BookedConversation,
    insertedAfterNs: bigint | null,
    lookedAt: number,
  ): Promise<ScanResult> => {
    // Denied since it was chosen: it is settled.
    if (book.get(conversation.groupId) !== conversation)
      return { admitted: 0, dropped: 0, seen: 0, newNs: null, complete: true };
    // One that was not listened to before may have lain there for ever.
    const waitsSince = conversation.lastSentNs === null ? Number.NEGATIVE_INFINITY : lookedAt;
    const result = await scanConversation({
      conversation,
      ownInboxId: client.inboxId,
      decidePage,
      insertedAfterNs,
      withChanges,
    });
    if (result.admitted + result.dropped > 0) conversation.newsAt = elapsed();
    if (result.newNs !== null) standings.noteStamp(Number(result.newNs / 1_000_000n), elapsed() - waitsSince);
    await conclusions.settle(conversation, result);
    if (result.seen === 0 && insertedAfterNs !== null) await conclusions.lookAtSilent(conversation);
    return result;
  };

  const showKnocks = createShowKnocks({ dropped, texts, waiting, standings, now });
  let turn = 0;
  const decideWaiting = createDecideWaiting({
    client,
    waiting,
    decidePage,
    inTurn: ({ groupId }, decide) =>
      // Each by itself: a turn that is shared would do the work of one asker alone.
      work.run(groupId, `waiting-${(turn += 1)}`, async () => {
        const outcome = await decide();
        const conversation = book.get(groupId);
        if (conversation !== undefined) await conclusions.settle(conversation, outcome);
      }),
  });

  /** Whether nothing is left to fetch that can be fetched. */
  const syncOne = async (conversation: BookedConversation): Promise<boolean> => {
    if (conversation.restUntil > elapsed() || book.isOutside(conversation.groupId)) return true;
    try {
      await conversation.native.sync();
      conversation.syncedAt = elapsed();
      othersSyncedAt = elapsed();
      if (conversation.type === 'group' && !conversation.native.isMember()) book.noteOutside(conversation.groupId);
      rescue.recovered(conversation);
      return true;
    } catch (error) {
      if (isDatabaseBusy(error) || isBaseError(error)) throw error;
      await rescue.failed(conversation, error, othersSyncedAt);
      return conversation.restUntil > elapsed();
    }
  };

  const discover = async (): Promise<string[]> => {
    const found = (await book.discover()).filter((groupId) => {
      const conversation = book.get(groupId);
      if (conversation === undefined || !consent.keepsRefused(conversation.native)) return true;
      book.remove(groupId);
      return false;
    });
    if (found.length > 0) onFound(found);
    return found;
  };

  const pass = createFullPass({
    client,
    journal,
    dropped,
    book,
    work,
    sync: syncOne,
    scan,
    discover,
    decideWaiting,
    now,
    elapsed,
  });

  /** A storm of strangers must not use up what others need. In doubt they are none. */
  const asWhoItIs = async <T>(conversation: BookedConversation, task: () => Promise<T>): Promise<T> => {
    const isStrange = await consent.isStrange(conversation).catch(() => false);
    return await (isStrange ? callsAs('stranger', task) : task());
  };

  // Where nothing was seen yet there is nothing to go on from: all that it holds is from before the cursor.
  const read = (conversation: BookedConversation, lookedAt: number) =>
    scan(conversation, (conversation.lastSentNs ?? 0n) === 0n ? pass.cursor() : null, lookedAt);

  const refresh = async (groupId: string) => {
    const conversation = book.get(groupId);
    if (conversation === undefined) return;
    await work.run(groupId, 'refresh', async () => {
      const isUpToDate = await asWhoItIs(conversation, async () => {
        for (;;) {
          const lookedAt = Math.max(pass.startedAt(), conversation.syncedAt);
          const synced = await syncOne(conversation);
          const { admitted, dropped: refused } = await read(conversation, lookedAt);
          // A page that was full of others' messages; what else may be left is reconcile's.
          if (!client.inPages || !synced || admitted + refused < pageSize / 2) return synced;
        }
      });
      if (!isUpToDate) throw mailboxError('NETWORK_UNREACHABLE', { detail: 'A conversation could not be synced.' });
    });
  };

  const ring = async (posted: PostedMessage): Promise<boolean> => {
    const conversation = book.get(posted.groupId);
    if (conversation === undefined) {
      await work.run(posted.groupId, 'look', async () => {
        standings.seen();
        await enter(await callsAs('stranger', () => consent.rung(posted.groupId)));
      });
      if (book.get(posted.groupId) !== undefined) await refresh(posted.groupId);
      return true;
    }
    // Our own messages ring too, and are here already.
    if (isOwn(conversation.native, posted)) return true;
    const rungAt = elapsed();
    await refresh(posted.groupId);
    return (conversation.newsAt ?? Number.NEGATIVE_INFINITY) >= rungAt;
  };

  /** Listens to conversations whose denial was lifted. */
  const enter = async (natives: readonly Conversation[]): Promise<string[]> => {
    const found: string[] = [];
    for (const native of natives) if (await book.adopt(native)) found.push(native.id);
    if (found.length > 0) onFound(found);
    return found;
  };

  let welcomedAt = Number.NEGATIVE_INFINITY;
  const welcome = async () => {
    const rungAt = elapsed();
    let found: string[] = [];
    await work.run('welcome', 'welcome', async () => {
      await client.syncWelcomes();
      found = await discover();
      if (found.length > 0) welcomedAt = elapsed();
    });
    await Promise.all(found.map(refresh));
    return welcomedAt >= rungAt;
  };

  let isToReconsider = options.changedWhileClosed;
  const reconsider = async () => {
    showKnocks();
    await decideWaiting();
    await Promise.all((await enter(await consent.reconsider())).map(refresh));
  };

  const reconcileOnce = async () => {
    const result = await pass.run();
    texts.sweep();
    standings.seen();
    journal.flush();
    if (isToReconsider) {
      await reconsider();
      isToReconsider = false;
    }
    await Promise.all((await enter(await callsAs('stranger', consent.lookAgain))).map(refresh));
    return result;
  };

  return {
    list: () => pass.list(),
    refresh,
    ring,
    welcome,
    async adopt(native) {
      if (!consent.used(native) || !(await book.adopt(native))) return;
      onFound([native.id]);
      await refresh(native.id);
    },
    async reconcile() {
      const first = await reconcileOnce();
      let { admitted, complete } = first;
      let last = first;
      // What comes in pages is asked for until there is no news, or what there is cannot be read.
      for (let page = 1; client.inPages && last.withNews && (last.progress || page < unreadPages); page += 1) {
        if (page === maxPages) return { admitted, complete: false };
        last = await reconcileOnce();
        admitted += last.admitted;
        ({ complete } = last);
      }
      return { admitted, complete };
    },
    async accept(native) {
      consent.accept(native);
      await standings.update();
      await enter([native]);
      await refresh(native.id);
    },
    refuse(native) {
      consent.refuse(native);
      standings.updateGroup(native.id);
      book.remove(native.id);
      journal.flush();
    },
    async reconsider() {
      await standings.update();
      await reconsider();
    },
    scannedNs: () => pass.scannedNs(),
    idle: () => work.idle(),
  };
}
