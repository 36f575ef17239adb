import type { Address } from '../address.ts';
import type { StoredContent as EncodedContent } from '../sdk/conversation.ts';

/** What to send. */
export interface SendRequest {
  /** Recipient of a direct message, or the conversation to write to. */
  to: { address: Address } | { conversationId: string };
  /** What to say; either this or `content`. */
  text?: string | undefined;
  /** Of `text`. @default 'text' */
  contentType?: 'text' | 'markdown' | undefined;
  /** Content of any type, encoded: see `@xmtp-messaging/xmtp-core/content`. */
  content?: EncodedContent | undefined;
  /** Id of the message that this one answers: what is sent becomes a reply. */
  replyTo?: string | undefined;
  /** Same key and request: same result, whatever dies in between. At most 255 characters. */
  idempotencyKey?: string | undefined;
  /**
   * Whether the caller holds the key before it asks, so that it may ask again after a crash. `false`, for a key that the
   * caller learns from the answer, spares a wait for the disk. @default true
   */
  keepsKey?: boolean | undefined;
  /** Stops waiting, not the sending: an accepted message is sent in any case. */
  signal?: AbortSignal | undefined;
}

/** What became of it. `unknown`: the deadline passed; it settles by itself, ask again with the same key. */
export interface SendResult {
  /** `sent`: the network has accepted it. */
  status: 'sent' | 'unknown';
  /** 64 hexadecimal digits. */
  messageId: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** The result of an earlier call with the same key. */
  replayed: boolean;
}
