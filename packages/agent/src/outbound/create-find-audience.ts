import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { mayBeHeard } from '../inbound/create-admit.ts';
import type { OpenParts } from '../types.ts';

/** Who would read an answer to a message. */
export type Audience =
  /** People who may be heard, alone. */
  | 'heard'
  /** Somebody among them may not. */
  | 'mixed'
  /** A list cannot be read, so that nobody can say. */
  | 'in-doubt';

/** Finds out who would read an answer, of the members and the lists of this moment. */
export type FindAudience = (message: Pick<InboundMessage, 'conversationId' | 'conversationType'>) => Promise<Audience>;

/** Direct messages have one reader, whose message was heard. */
export function createFindAudience(options: {
  home: Pick<OpenParts['home'], 'allowlist' | 'denylist'>;
  mailbox: Pick<OpenParts['mailbox'], 'conversations'>;
}): FindAudience {
  const { home, mailbox } = options;
  const { allowlist, denylist } = home;
  // In open mode too only those on the list are heard in a group.
  const isHeard = mayBeHeard({ home, mode: 'closed' });
  return async ({ conversationId, conversationType }) => {
    if (conversationType !== 'group') return 'heard';
    const others = await mailbox.conversations.others(conversationId);
    // After the wait: until the send, nothing changes the lists.
    if (allowlist.status().state !== 'ready' || denylist.status().state !== 'ready') return 'in-doubt';
    // As in admission: one denied address denies the whole inbox. Of an unknown conversation no member can be vouched for.
    const mayRead = (addresses: readonly string[]) =>
      addresses.some(isHeard) && !addresses.some((address) => denylist.has(address));
    return others?.every(({ addresses }) => mayRead(addresses)) === true ? 'heard' : 'mixed';
  };
}
