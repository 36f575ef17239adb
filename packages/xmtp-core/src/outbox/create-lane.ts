import { LANE_BATCH } from '../constants.ts';
import { mailboxError } from '../errors.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { NativeConversation } from '../sdk/native-types.ts';
import { backoff, late, pause, within } from '../util/timing.ts';
import type { OutboundItem } from './outbound-item.ts';
import { publishBatch, publishState } from './publish-batch.ts';

export interface LaneOptions {
  conversation: NativeConversation;
  client: NativeClient;
  /** Limits how many lanes talk to the network at once. */
  slots: { run<T>(work: () => Promise<T>): Promise<T> };
  store: (conversation: NativeConversation, items: readonly OutboundItem[]) => Promise<void>;
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
  /** Takes an item out if it is not being stored yet. */
  withdraw(item: OutboundItem): boolean;
  /** Tells callers at once what has settled. */
  readonly tell: () => void;
}

/** How long a caller whose send is settled may be kept waiting for the next batch to be on its way. */
const tellWithinMs = 50;
/** After this long a call of the SDK is given up on and made again; by id that is safe. */
const callMs = 60_000;

export function createLane(options: LaneOptions): Lane {
  const { conversation, client, slots, signal, slotMs = 5_000 } = options;
  const waiting: OutboundItem[] = [];
  let running = false;

  /**
   * What settled, for callers who do not know yet. While more waits, the next batch is stored first: answering 32 callers
   * would take the processor from it, and then the network would wait for us.
   */
  const untold: (() => void)[] = [];
  const tell = () => {
    for (const one of untold.splice(0)) one();
  };

  /** Publishes what `prepare` gives, in one slot. Resolves when the call has ended or is given up on. */
  const publish = async (prepare: () => Promise<readonly OutboundItem[]>, attempt: 'together' | 'single') => {
    let items: readonly OutboundItem[] = [];
    let call: Promise<unknown> = Promise.resolve(null);
    await slots.run(async () => {
      items = await prepare();
      const ids = items.flatMap((item) => item.messageId ?? []);
      if (ids.length > 0) call = publishBatch(client, conversation, ids, attempt);
      tell();
      await within(call, slotMs);
    });
    const error = await within(call, callMs);
    return { items, error };
  };

  /** Settles what has an outcome and returns the rest. */
  const check = (items: readonly OutboundItem[]): OutboundItem[] =>
    items.filter((item) => {
      if (item.messageId === null) return false;
      const state = publishState(client, item.messageId);
      if (state === 'unpublished') return true;
      options.onSettled(item, state === 'published' ? 'sent' : 'failed');
      untold.push(() =>
        item.settle(
          state === 'published' ? { status: 'sent' } : { status: 'failed', error: mailboxError('SEND_FAILED') },
        ),
      );
      return false;
    });

  const publishUntilSettled = async (prepare: () => Promise<readonly OutboundItem[]>, first: 'together' | 'single') => {
    let { items, error } = await publish(prepare, first);
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      const open = check(items);
      if (open.length === 0) return;
      tell();
      options.onStuck(conversation.id(), attempt, error === late ? null : error);
      await pause(backoff(attempt, { baseMs: 200, maxMs: 30_000, random: options.random }), signal);
      // It may have been sent although the call failed; a sync reads that back.
      if (signal.aborted) return;
      const readBack = conversation.sync().catch(() => undefined);
      await within(readBack, callMs);
      if (signal.aborted) return;
      ({ items, error } = await publish(async () => check(open), 'single'));
    }
  };

  /** Gathered and stored only when their turn has come: what arrived until then goes along. */
  const storeNext = async (): Promise<OutboundItem[]> => {
    const batch: OutboundItem[] = [];
    if (signal.aborted) return batch;
    while (batch.length < LANE_BATCH && waiting[0]?.messageId === null) batch.push(waiting.shift()!);
    await options.store(conversation, batch).catch((cause: unknown) => {
      const error = mailboxError('SDK_FAILED', { cause });
      for (const item of batch) if (item.messageId === null) item.settle({ status: 'failed', error });
    });
    return batch;
  };

  const runBatch = async () => {
    const stored: OutboundItem[] = [];
    while (waiting[0] !== undefined && waiting[0].messageId !== null) stored.push(waiting.shift()!);
    if (stored.length > 0) await publishUntilSettled(async () => check(stored), 'single');
    else await publishUntilSettled(storeNext, 'together');
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
      if (index < 0 || item.messageId !== null) return false;
      waiting.splice(index, 1);
      item.withdrawn = true;
      return true;
    },
    tell,
  };
}
