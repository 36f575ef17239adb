import { mailboxError } from '../errors.ts';
import type { Journal } from '../journal/open-journal.ts';
import { sdkReason } from '../sdk/classify-error.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { MailboxEvent } from '../types.ts';
import type { Digests } from './create-digests.ts';
import { createLane, type Lane } from './create-lane.ts';
import type { OutboundItem } from './create-outbound-item.ts';
import type { OutboundStore } from './create-outbound-store.ts';
import { createSendRecords } from './create-send-records.ts';
import { findStoredMessage } from './recover/unclaimed-messages.ts';

/**
 * One lane for each conversation in which something is on its way. All of them work at the same time: how many calls that
 * makes is for the governor, so that a network that answers slowly has as many under way as it takes.
 */
export interface Lanes {
  of(conversation: Conversation): Lane;
  /** Takes an item out, and back from the journal, if its turn has not come yet; its caller is told. */
  withdraw(item: OutboundItem): boolean;
  /** Tells callers at once what has settled. */
  tell(): void;
}

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
  const { client, random, signal, onEvent } = options;
  const lanes = new Map<string, Lane>();
  const records = createSendRecords({ ...options, findStored: findStoredMessage(options) });

  return {
    of(conversation) {
      const { id } = conversation;
      let lane = lanes.get(id);
      if (lane !== undefined) return lane;
      lane = createLane({
        conversation,
        client,
        signal,
        random,
        records,
        onSent: () => options.onSent(id),
        onStuck(attempt, error) {
          const details = { conversationId: id, attempt, reason: error === null ? null : sdkReason(error) };
          onEvent({ level: 'warn', name: 'publish-stuck', details });
          options.onStuck(id, attempt, error);
        },
        onIdle: () => lanes.delete(id),
      });
      lanes.set(id, lane);
      return lane;
    },
    withdraw(item) {
      const taken = lanes.get(item.conversationId)?.withdraw(item) ?? false;
      if (!taken) return false;
      records.remove(item);
      item.settle({ status: 'failed', error: mailboxError('NOT_SENT') });
      return true;
    },
    tell() {
      for (const lane of lanes.values()) lane.tell();
    },
  };
}
