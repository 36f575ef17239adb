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
  /** Told when a call to publish has ended, however. */
  onPublished: () => void;
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
  /** Resolves when the call to publish that is under way has ended. */
  published(): Promise<void>;
}

/** After this long a call of the SDK is given up on and made again; by id that is safe. */
const callMs = 60_000;

export function createLane(options: LaneOptions): Lane {
  const { conversation, client, slots, signal, slotMs = 5_000 } = options;
  const waiting: OutboundItem[] = [];
  let running = false;
  let publishing: Promise<unknown> = Promise.resolve();

  const publish = async (items: readonly OutboundItem[], attempt: 'together' | 'single') => {
    const ids = items.flatMap((item) => item.messageId ?? []);
    let call: Promise<unknown> = Promise.resolve();
    await slots.run(async () => {
      call = publishBatch(client, conversation, ids, attempt);
      publishing = call;
      await within(call, slotMs);
    });
    const result = await within(call, callMs);
    options.onPublished();
    return result;
  };

  /** Settles what has an outcome and returns the rest. */
  const check = (items: readonly OutboundItem[]): OutboundItem[] =>
    items.filter((item) => {
      if (item.messageId === null) return false;
      const state = publishState(client, item.messageId);
      if (state === 'unpublished') return true;
      options.onSettled(item, state === 'published' ? 'sent' : 'failed');
      item.settle(
        state === 'published' ? { status: 'sent' } : { status: 'failed', error: mailboxError('SEND_FAILED') },
      );
      return false;
    });

  const publishUntilSettled = async (items: readonly OutboundItem[], first: 'together' | 'single') => {
    let open = check(items);
    for (let attempt = 0; open.length > 0 && !signal.aborted; attempt += 1) {
      const error = await publish(open, attempt === 0 ? first : 'single');
      if (signal.aborted) return;
      open = check(open);
      if (open.length === 0) return;
      options.onStuck(conversation.id(), attempt, error === late ? null : error);
      await pause(backoff(attempt, { baseMs: 200, maxMs: 30_000, random: options.random }), signal);
      // It may have been sent although the call failed; a sync reads that back.
      if (signal.aborted) return;
      const readBack = conversation.sync().catch(() => undefined);
      await within(readBack, callMs);
      if (signal.aborted) return;
      open = check(open);
    }
  };

  const runBatch = async () => {
    const stored: OutboundItem[] = [];
    while (waiting[0]?.messageId !== undefined && waiting[0].messageId !== null) stored.push(waiting.shift()!);
    if (stored.length > 0) {
      await publishUntilSettled(stored, 'single');
      return;
    }
    const batch: OutboundItem[] = [];
    await slots.run(async () => {
      if (signal.aborted) return;
      // Gathered only now: what arrived while this lane waited for its turn goes along.
      while (batch.length < LANE_BATCH && waiting[0]?.messageId === null) batch.push(waiting.shift()!);
      await options.store(conversation, batch).catch((cause: unknown) => {
        const error = mailboxError('SDK_FAILED', { cause });
        for (const item of batch) if (item.messageId === null) item.settle({ status: 'failed', error });
      });
    });
    const alone = batch.length === 1 && batch[0]?.content?.replyTo === null;
    await publishUntilSettled(batch, alone ? 'single' : 'together');
  };

  const run = async () => {
    if (running) return;
    running = true;
    // Calls made in the same moment belong to the same batch.
    await Promise.resolve();
    while (waiting.length > 0 && !signal.aborted) await runBatch();
    running = false;
    options.onIdle();
  };

  return {
    async published() {
      await publishing;
    },
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
  };
}
