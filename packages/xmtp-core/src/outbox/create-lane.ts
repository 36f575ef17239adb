import { setImmediate as nextTurn } from 'node:timers/promises';
import { backoffMs, createElapsedClock } from '@xmtp-messaging/errors';
import { laneBatch, publishTogether } from '../constants.ts';
import { type MailboxError, mailboxError } from '../errors.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation, StoreMode } from '../sdk/conversation.ts';
import { pause } from '../util/pause.ts';
import { outcomeOf } from '../util/outcome-of.ts';
import { late, within } from '../util/within.ts';
import { createLooks, type Look } from './create-looks.ts';
import type { OutboundItem, Settlement } from './create-outbound-item.ts';
import type { SendRecords } from './create-send-records.ts';
import { createUntold, tellWithinMs } from './create-untold.ts';
import { publishBatch, publishState } from './publish-batch.ts';

export interface LaneOptions {
  conversation: Conversation;
  client: Pick<NativeClient, 'message'>;
  records: SendRecords;
  /** Told of each message that the network has taken. */
  onSent: () => void;
  /** Told after each attempt that left something unpublished. */
  onStuck: (attempt: number, error: unknown) => void;
  /** Nothing waits any more. */
  onIdle: () => void;
  random: () => number;
  /** Ends the lane's work; what is not settled stays in the journal. */
  signal: AbortSignal;
}

/** The sends of one conversation, in order: what waits is gathered, stored, published and checked together. */
export interface Lane {
  add(item: OutboundItem): void;
  /** Takes an item out if its turn has not come yet. */
  withdraw(item: OutboundItem): boolean;
  /** Tells callers at once what has settled. */
  readonly tell: () => void;
}

/** After this long a call of the SDK is given up on and made again; by id that is safe. */
const callMs = 60_000;

export function createLane(options: LaneOptions): Lane {
  const { conversation, client, records, signal } = options;
  const clock = createElapsedClock();
  /** Those whose turn has not come. */
  const waiting: OutboundItem[] = [];
  let running = false;
  let isPublishingLast = false;

  const untold = createUntold(clock);
  const { tell } = untold;
  const settle = (item: OutboundItem, settlement: Settlement) => {
    const state = settlement.status === 'sent' ? 'sent' : 'failed';
    if (state === 'sent') options.onSent();
    records.settle(item, state);
    untold.add(() => item.settle(settlement));
  };

  /** Settles what has an outcome and returns the rest. */
  const check = (items: readonly OutboundItem[]): OutboundItem[] => {
    const open = items.filter((item) => {
      if (item.messageId === null) return false;
      const state = publishState(client, item.messageId);
      if (state === 'published') settle(item, { status: 'sent' });
      if (state === 'gone') settle(item, { status: 'failed', error: mailboxError('SEND_FAILED') });
      return state === 'unpublished';
    });
    if (open.length === 0 || conversation.isMember()) return open;
    for (const item of open) settle(item, { status: 'failed', error: mailboxError('NOT_A_MEMBER') });
    return [];
  };

  /** `null`: the conversation has the members of now. */
  const lookUp = (ms: number) => outcomeOf(conversation.refreshMembers(), ms);
  const looks = createLooks({ lookUp, clock });
  /** `null`: what the network has of the conversation is here. */
  const readBack = () => outcomeOf(conversation.sync(), callMs);

  const publishById = async (items: readonly OutboundItem[]): Promise<unknown> => {
    const ids = items.flatMap((item) => item.messageId ?? []);
    return await within(publishBatch(client, conversation, ids, 'single'), { ms: callMs });
  };

  /** By id, in order, for the members of now. Resolves with what the SDK said when the call has ended or is given up on. */
  const publishSingly = async (items: readonly OutboundItem[]): Promise<unknown> => {
    const failure = await lookUp(callMs);
    return failure ?? (await publishById(items));
  };

  /** @param failure What an attempt before left them with; absent when there was none. */
  const publishUntilSettled = async (items: readonly OutboundItem[], failure?: { error: unknown }) => {
    let open = check(items);
    let last = failure;
    for (let attempt = 0; open.length > 0 && !signal.aborted;) {
      if (last !== undefined) {
        tell();
        options.onStuck(attempt, last.error === late ? null : last.error);
        await pause(backoffMs(attempt + 1, { baseMs: 200, maxMs: 30_000, random: options.random }), signal);
        if (signal.aborted) return;
        attempt += 1;
      }
      // Publishing by id fetches nothing. In a group somebody may have been removed, so nothing goes out before that is read.
      const wantsNews = !conversation.isDirect();
      if (last !== undefined || wantsNews) {
        // It may also have been sent although the call failed.
        const unread = await readBack();
        open = check(open);
        if (open.length === 0 || signal.aborted) return;
        if (unread !== null && wantsNews) {
          last = { error: unread };
          continue;
        }
      }
      last = { error: await publishSingly(open) };
      open = check(open);
    }
  };

  const refuse = (items: readonly OutboundItem[], error: MailboxError) => {
    for (const item of items) item.settle({ status: 'failed', error });
  };

  /** @returns Those that are stored. */
  const store = async (items: readonly OutboundItem[], mode: StoreMode): Promise<OutboundItem[]> => {
    await records.store(conversation, items, mode).catch((cause: unknown) => {
      const lost = items.filter(({ messageId }) => messageId === null);
      refuse(lost, mailboxError('SDK_FAILED', { cause }));
    });
    return items.filter(({ messageId }) => messageId !== null);
  };

  /** Keeps what nobody knows for whom to encrypt; it goes out by id. `earlier`: what is stored already and goes before. */
  const park = async (earlier: readonly OutboundItem[], items: readonly OutboundItem[], error: unknown) => {
    const parked = items.length === 0 ? [] : await store(items, 'parked');
    await publishUntilSettled([...earlier, ...parked], { error });
  };

  /** The last publication of a batch: those who wait need not wait for its end to be looked for. */
  const last = async (publishing: Promise<unknown>): Promise<unknown> => {
    isPublishingLast = true;
    looks.ahead(waiting);
    const error = await publishing;
    isPublishingLast = false;
    return error;
  };

  /** Kept without an intent, a message is encrypted when it goes out by its id, so it is stored while the members are looked up. */
  const sendAlone = async (item: OutboundItem, look: Look) => {
    const [stored, failure] = await Promise.all([store([item], 'parked'), look.failure]);
    if (signal.aborted || stored.length === 0) return;
    if (failure === null && look.isStale()) {
      await publishUntilSettled(stored);
      return;
    }
    const error = failure ?? (await last(publishById(stored)));
    const open = check(stored);
    if (open.length > 0) await publishUntilSettled(open, { error });
  };

  /** While the members are looked up, what is to be stored is written down; whom the network knows by then can read it. */
  const sendNew = async (batch: readonly OutboundItem[], look: Look) => {
    // The question leaves with this turn of the event loop, and not behind what keeps this thread busy now.
    await nextTurn();
    if (signal.aborted) return;
    if (!conversation.mayWrite()) {
      for (const item of batch) records.remove(item);
      refuse(batch, mailboxError('NOT_A_MEMBER'));
      return;
    }
    // In a group somebody may have been removed: only the publication of what is queued fetches that before it encrypts.
    const isAlone = batch.length === 1 && conversation.isDirect();
    const fresh = batch.filter(({ rowId }) => rowId === null);
    try {
      await records.announce(fresh, isAlone ? 'parked' : 'queued');
    } catch (cause) {
      refuse(batch, mailboxError('SDK_FAILED', { cause }));
      return;
    }
    if (isAlone) {
      await sendAlone(batch[0]!, look);
      return;
    }
    const failure = await look.failure;
    if (signal.aborted) return;
    if (failure !== null) {
      await park([], batch, failure);
      return;
    }
    for (let next = 0; next < batch.length && !signal.aborted;) {
      if (look.isStale()) {
        waiting.unshift(...batch.slice(next));
        return;
      }
      const stored = await store(batch.slice(next, next + publishTogether), 'queued');
      next += publishTogether;
      if (stored.length === 0) continue;
      const publishing = publishBatch(client, conversation, [], 'together');
      // Many callers together cost much less than three at a time.
      if (next <= publishTogether || untold.isLate()) tell();
      const published = within(publishing, { ms: callMs });
      const error = await (next < batch.length ? published : last(published));
      const open = check(stored);
      // What was to follow is kept as well, so that the whole batch has one fate.
      if (open.length > 0) await park(open, batch.slice(next), error);
      if (open.length > 0) return;
    }
  };

  const runBatch = async () => {
    const isStored = waiting[0]!.messageId !== null;
    const other = waiting.findIndex((item) => (item.messageId !== null) !== isStored);
    const alike = other < 0 ? waiting.length : other;
    if (isStored) await publishUntilSettled(waiting.splice(0, alike));
    else {
      const { look, count } = looks.next(waiting.slice(0, Math.min(alike, laneBatch)));
      await sendNew(waiting.splice(0, count), look);
    }
  };

  const run = async () => {
    if (running) return;
    running = true;
    // Calls made in the same moment belong to the same batch.
    await Promise.resolve();
    while (waiting.length > 0 && !signal.aborted) {
      await runBatch();
      if (waiting.length === 0) tell();
      else setTimeout(tell, tellWithinMs);
    }
    tell();
    running = false;
    options.onIdle();
  };

  return {
    add(item) {
      waiting.push(item);
      if (isPublishingLast) looks.ahead(waiting);
      void run();
    },
    withdraw(item) {
      const index = waiting.indexOf(item);
      if (index < 0 || item.messageId !== null) return false;
      waiting.splice(index, 1);
      return true;
    },
    tell,
  };
}
