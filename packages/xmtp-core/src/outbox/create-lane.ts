import { backoffMs, createElapsedClock } from '@xmtp-messaging/errors';
import { laneBatch, publishTogether } from '../constants.ts';
import { mailboxError } from '../errors.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation, StoreMode } from '../sdk/conversation.ts';
import { pause } from '../util/pause.ts';
import { late, within } from '../util/within.ts';
import type { OutboundItem, Settlement } from './create-outbound-item.ts';
import { publishBatch, publishState } from './publish-batch.ts';

export interface LaneOptions {
  conversation: Pick<Conversation, 'id' | 'sync' | 'isMember' | 'refreshMembers' | 'publishQueued' | 'publishOne'>;
  client: Pick<NativeClient, 'message'>;
  /** Limits how many lanes store and publish at once. */
  slots: { run<T>(work: () => Promise<T>): Promise<T> };
  /** Makes known to the journal what is about to be stored. Throws when nothing of it may be. */
  announce: (items: readonly OutboundItem[]) => void;
  store: (items: readonly OutboundItem[], mode: StoreMode) => Promise<void>;
  onSettled: (item: OutboundItem, state: 'sent' | 'failed') => void;
  /** Told after each attempt that left something unpublished. */
  onStuck: (conversationId: string, attempt: number, error: unknown) => void;
  onIdle: () => void;
  random: () => number;
  /** Ends the lane's work; what is not settled stays in the journal. */
  signal: AbortSignal;
  /** A slot is given back after this long, so that a conversation that hangs does not hold up others. @default 5_000 */
  slotMs?: number | undefined;
}

/** The sends of one conversation, in order: what waits is gathered, stored, published and checked together. */
export interface Lane {
  add(item: OutboundItem): void;
  /** Takes an item out if its turn has not come yet. */
  withdraw(item: OutboundItem): boolean;
  /** Tells callers at once what has settled. */
  readonly tell: () => void;
}

/** How long a caller whose send is settled may be kept waiting for the next batch to be on its way. */
const tellWithinMs = 50;
/** After this long a call of the SDK is given up on and made again; by id that is safe. */
const callMs = 60_000;
/** Who waited longer than this for a slot looks for the members again. */
const staleMs = 1_000;

export function createLane(options: LaneOptions): Lane {
  const { conversation, client, slots, signal, slotMs = 5_000 } = options;
  const clock = createElapsedClock();
  const waiting: OutboundItem[] = [];
  /** Those of `waiting` whose turn has come. */
  let batch: ReadonlySet<OutboundItem> = new Set();
  let running = false;

  /**
   * What settled, for callers who do not know yet. While more waits, the next messages are stored first: answering
   * callers would take the processor from them, and then the network would wait for us.
   */
  const untold: (() => void)[] = [];
  const tell = () => {
    for (const one of untold.splice(0)) one();
  };
  const settle = (item: OutboundItem, settlement: Settlement) => {
    options.onSettled(item, settlement.status === 'sent' ? 'sent' : 'failed');
    untold.push(() => item.settle(settlement));
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

  const refresh = async (ms: number): Promise<unknown> =>
    await within(
      conversation.refreshMembers().then(
        () => null,
        (error: unknown) => error,
      ),
      { ms },
    );

  /** By id, in order, for the members of now. Resolves with what the SDK said when the call has ended or is given up on. */
  const publishSingly = async (items: readonly OutboundItem[]): Promise<unknown> => {
    const failure = await refresh(callMs);
    if (failure !== null) return failure;
    const ids = items.flatMap((item) => item.messageId ?? []);
    const call = await slots.run(async () => {
      const publishing = publishBatch(client, conversation, ids, 'single');
      await within(publishing, { ms: slotMs });
      return { publishing };
    });
    return await within(call.publishing, { ms: callMs });
  };

  /** @param failure What an attempt before left them with; absent when there was none. */
  const publishUntilSettled = async (items: readonly OutboundItem[], failure?: { error: unknown }) => {
    let open = check(items);
    let last = failure;
    for (let attempt = 0; open.length > 0 && !signal.aborted;) {
      if (last !== undefined) {
        tell();
        options.onStuck(conversation.id, attempt, last.error === late ? null : last.error);
        await pause(backoffMs(attempt + 1, { baseMs: 200, maxMs: 30_000, random: options.random }), signal);
        if (signal.aborted) return;
        attempt += 1;
        // It may have been sent although the call failed; a sync reads that back.
        const readBack = conversation.sync().catch(() => undefined);
        await within(readBack, { ms: callMs });
        open = check(open);
        if (open.length === 0 || signal.aborted) return;
      }
      last = { error: await publishSingly(open) };
      open = check(open);
    }
  };

  const store = async (items: readonly OutboundItem[], mode: StoreMode): Promise<void> => {
    await options.store(items, mode).catch((cause: unknown) => {
      const error = mailboxError('SDK_FAILED', { cause });
      for (const item of items) if (item.messageId === null) item.settle({ status: 'failed', error });
    });
  };

  /** The next of the batch. */
  const take = (count: number): OutboundItem[] => {
    const end = waiting.findIndex((item) => !batch.has(item));
    return waiting.splice(0, Math.min(count, end < 0 ? waiting.length : end));
  };

  const announce = (): boolean => {
    try {
      // A batch that had to give its slot back has rows already.
      const unknown = waiting.filter((item) => batch.has(item) && item.rowId === null);
      if (unknown.length > 0) options.announce(unknown);
      return true;
    } catch (cause) {
      const error = mailboxError('SDK_FAILED', { cause });
      for (const item of take(laneBatch)) item.settle({ status: 'failed', error });
      return false;
    }
  };

  /** The members are looked up when these are waiting already: whom the network knows by then can read them. */
  const sendNew = async () => {
    const lookedAt = clock();
    let failure = await refresh(slotMs);
    if (signal.aborted) return;
    if (!conversation.isMember()) {
      for (const item of take(laneBatch)) {
        item.settle({ status: 'failed', error: mailboxError('NOT_A_MEMBER') });
      }
      return;
    }
    let open: readonly OutboundItem[] = [];
    let call: Promise<unknown> = Promise.resolve(null);
    const publishNew = async (end: number) => {
      while (open.length === 0 && clock() < end && !signal.aborted) {
        const items = take(publishTogether);
        if (items.length === 0) return;
        await store(items, 'queued');
        open = items.filter((item) => item.messageId !== null);
        if (open.length > 0) call = publishBatch(client, conversation, [], 'together');
        tell();
        if ((await within(call, { ms: Math.max(0, end - clock()) })) !== late) open = check(open);
      }
    };
    await slots.run(async () => {
      const end = clock() + slotMs;
      if (failure === null && clock() - lookedAt > staleMs) failure = await refresh(slotMs);
      if (signal.aborted || !announce()) return;
      if (failure === null) {
        await publishNew(end);
        return;
      }
      // Nobody knows for whom to encrypt: they are kept, and go out by id.
      open = take(laneBatch);
      await store(open, 'parked');
    });
    if (open.length === 0) return;
    const error = failure ?? (await within(call, { ms: callMs }));
    open = check(open);
    if (open.length === 0) return;
    // What was to follow is kept as well, so that the whole batch has one fate.
    const rest = take(laneBatch);
    batch = new Set();
    if (rest.length > 0) await store(rest, 'parked');
    await publishUntilSettled([...open, ...rest], { error });
  };

  const runBatch = async () => {
    const isStored = waiting[0]!.messageId !== null;
    const other = waiting.findIndex((item) => (item.messageId !== null) !== isStored);
    const alike = waiting.slice(0, other < 0 ? waiting.length : other);
    if (isStored) {
      await publishUntilSettled(waiting.splice(0, alike.length));
      return;
    }
    batch = new Set(alike.slice(0, laneBatch));
    await sendNew();
    batch = new Set();
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
      void run();
    },
    withdraw(item) {
      const index = waiting.indexOf(item);
      if (index < 0 || item.messageId !== null || batch.has(item)) return false;
      waiting.splice(index, 1);
      return true;
    },
    tell,
  };
}
