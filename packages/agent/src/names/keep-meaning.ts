import { isBaseError } from '@xmtp-messaging/errors';
import { nameKey } from '@xmtp-messaging/errors/name';
import type { Mailbox, SendResult } from '@xmtp-messaging/xmtp-core';
import type { Recipient } from './find-recipient.ts';

/** What is sent, and how to send it. */
export interface KeepMeaningOptions {
  /** As the caller wrote it. */
  to: string;
  recipient: Recipient;
  /** Idempotency key of the send. */
  key: string;
  /** Whether the caller had the key before it asked. */
  isCallersKey: boolean;
  names: Mailbox['names'];
  send: (address: `0x${string}`) => Promise<SendResult>;
}

// The mailbox holds the key for another request, or for good: what it meant must stay.
const keepsKey = new Set(['IDEMPOTENCY_CONFLICT', 'SEND_FAILED']);

/** Sends, and writes down which address the name meant: under the key, for those who ask again, and for later sends. */
export async function keepMeaning(options: KeepMeaningOptions): Promise<{ result: SendResult; recipient: Recipient }> {
  const { to, key, isCallersKey, names, send } = options;
  if (options.recipient.name === null) {
    return { result: await send(lower(options.recipient)), recipient: options.recipient };
  }
  const name = nameKey(to);
  const isBound = names.keyed(key) !== null;
  const bind = (): Recipient => {
    const meant = names.bind(key, { name, meaning: JSON.stringify(options.recipient) });
    return meant.name === name ? (JSON.parse(meant.meaning) as Recipient) : options.recipient;
  };
  // Of two requests at once, the first decides.
  const recipient = isCallersKey ? bind() : options.recipient;
  try {
    const result = await send(lower(recipient));
    if (result.status === 'unknown' && !isCallersKey) bind();
    if (!result.replayed) names.remember(name, lower(recipient));
    return { result, recipient };
  } catch (error) {
    if (isBaseError(error) && !keepsKey.has(error.code)) {
      if (!isBound) names.release(key);
    }
    // The caller hung up; what was accepted is sent nevertheless. A change is still to be told.
    else if (names.last(name) === null) names.remember(name, lower(recipient));
    throw error;
  }
}

const lower = ({ address }: Recipient) => address.toLowerCase() as `0x${string}`;
