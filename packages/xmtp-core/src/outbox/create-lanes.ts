import { mailboxError } from '../errors.ts';
import type { Journal } from '../journal/open-journal.ts';
import { sdkReason } from '../sdk/classify-error.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { MailboxEvent } from '../types.ts';
import { createSlots } from '../util/create-slots.ts';
import { createLane, type Lane } from './create-lane.ts';
import type { Digests } from './create-digests.ts';
import type { OutboundItem } from './create-outbound-item.ts';
import type { OutboundStore } from './create-outbound-store.ts';
import { announceBatch, storeBatch } from './store-batch.ts';
import { findStoredMessage } from './recover/unclaimed-messages.ts';

/** One lane for each conversation in which something is on its way. */
export interface Lanes {
  of(conversation: Conversation): Lane;
  /** Takes an item out, and back from the journal, if its turn has not come yet; its caller is told. */
  withdraw(item: OutboundItem): boolean;
  /** Tells callers at once what has settled. */
  tell(): void;
}

/** Lanes that store and publish at the same time. */
const maxLanes = 8;

export function createLanes(options: {
  client: NativeClient;
  journal: Journal;
  outbound: OutboundStore;
  digests: Digests;
  now: () => number;
  random: () => number;
  signal: AbortSignal;
  onEvent: (event: MailboxEvent) => void;
  onStuck: (conversationId: string, attempt: number, error: unknown) => void;
  onSent: (conversationId: string) => void;
}): Lanes {
  const { client, journal, outbound, digests, now, random, signal, onEvent } = options;
  const slots = createSlots(maxLanes);
  const lanes = new Map<string, Lane>();
  const findStored = findStoredMessage({ client, outbound, digests });
  const storing = { journal, outbound, digests, now, findStored };

  /** What cannot be written is looked at again when somebody asks for it, or by the next start. */
  const tryTo = (write: () => void) => {
    try {
      write();
    } catch (error) {
      onEvent({ level: 'warn', name: 'send-not-recorded', details: { reason: sdkReason(error) } });
    }
  };

  return {
    of(conversation) {
      const { id } = conversation;
      let lane = lanes.get(id);
      if (lane !== undefined) return lane;
      lane = createLane({
        conversation,
        client,
        slots,
        signal,
        random,
        announce: (batch) => announceBatch(storing, batch),
        store: (batch, mode) => storeBatch(storing, conversation, batch, mode),
        onSettled(item, state) {
          const { rowId } = item;
          if (state === 'sent') options.onSent(item.conversationId);
          if (rowId !== null) tryTo(() => outbound.record({ ...item, id: rowId, state, settledAt: now() }));
        },
        onStuck(conversationId, attempt, error) {
          const details = { conversationId, attempt, reason: error === null ? null : sdkReason(error) };
          onEvent({ level: 'warn', name: 'publish-stuck', details });
          options.onStuck(conversationId, attempt, error);
        },
        onIdle: () => lanes.delete(id),
      });
      lanes.set(id, lane);
      return lane;
    },
    withdraw(item) {
      const taken = lanes.get(item.conversationId)?.withdraw(item) ?? false;
      if (!taken) return false;
      const { rowId } = item;
      if (rowId !== null) tryTo(() => outbound.remove(rowId));
      item.settle({ status: 'failed', error: mailboxError('NOT_SENT') });
      return true;
    },
    tell() {
      for (const lane of lanes.values()) lane.tell();
    },
  };
}
