import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InboundListOptions, Inbox } from '@xmtp-messaging/xmtp-core';
import type { AgentMessage, MessageView } from '@xmtp-messaging/agent';

/** What a page is read from, and its bounds. */
export interface ReadPageOptions {
  inbox: Pick<Inbox, 'list'>;
  view: MessageView;
  /** The page starts behind this position of the journal. */
  after: number;
  /** Messages. */
  limit: number;
  /** Which messages are wanted, and in which order. @default all, oldest first */
  filter?: Omit<InboundListOptions, 'after' | 'limit'> | undefined;
  /** UTF-8 bytes of text after which a page ends. It holds at least one message. @default 1_000_000 */
  maxBytes?: number | undefined;
  /** Ends the page early. */
  signal?: AbortSignal | undefined;
}

/** Messages as they are shown. */
export interface MessagePage<Shown = AgentMessage> {
  messages: Shown[];
  /** Position of the last one, where the next page starts. */
  cursor: number;
  /** A bound ended the page, so that there may be more behind the cursor. */
  more: boolean;
}

/** How many messages are decoded before others have a turn. */
const step = 4;

/** A page of accepted messages. */
export async function readPage({ inbox, filter, ...options }: ReadPageOptions): Promise<MessagePage> {
  const { before, order } = filter ?? {};
  return await walkPage({ ...options, before, order, list: (range) => inbox.list({ ...filter, ...range }) });
}

/**
 * Reads a page without holding up others: the event loop has a turn after each message, and as little is in memory as
 * a page may hold, however many messages are asked for and whatever they inflate to.
 */
export async function walkPage<Message extends { seq: number }, Shown extends { text: string | null }>(options: {
  /** Gives messages by position, in the order of `order`; bounds are not part of the range. */
  list: (range: { after: number; before?: number | undefined; limit: number }) => Promise<readonly Message[]>;
  view: (message: Message) => Shown;
  after: number;
  before?: number | undefined;
  order?: 'asc' | 'desc' | undefined;
  limit: number;
  maxBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}): Promise<MessagePage<Shown>> {
  const { list, view, limit, before, order, maxBytes = 1_000_000, signal } = options;
  const newestFirst = order === 'desc';
  const messages: Shown[] = [];
  let cursor = newestFirst ? (before ?? Number.MAX_SAFE_INTEGER) : options.after;
  let bytes = 0;
  while (messages.length < limit) {
    const asked = Math.min(step, limit - messages.length);
    const range = newestFirst ? { after: options.after, before: cursor } : { after: cursor, before };
    const next = await list({ ...range, limit: asked });
    for (const message of next) {
      const shown = view(message);
      bytes += Buffer.byteLength(shown.text ?? '');
      if (messages.length > 0 && bytes > maxBytes) return { messages, cursor, more: true };
      messages.push(shown);
      cursor = message.seq;
      if (signal?.aborted === true) return { messages, cursor, more: true };
      await nextTurn();
    }
    if (next.length < asked) break;
  }
  return { messages, cursor, more: messages.length === limit };
}
