import type { Inbox } from '@xmtp-messaging/xmtp-core';
import type { MessageView } from '@xmtp-messaging/agent';
import { blockOf } from './wants-text.ts';
import { readPage } from './read-page.ts';
import { waitForMessage } from './wait-for-message.ts';

/** One listener. */
export interface EventStreamOptions {
  inbox: Pick<Inbox, 'list' | 'lastSeq' | 'subscribe'>;
  view: MessageView;
  /** The data of an event is the bare block of its message. @default the message as JSON */
  asText?: boolean | undefined;
  /** Events start behind this position of the journal. */
  after: number;
  /** Ends the stream. */
  signal: AbortSignal;
  /** A comment line after this much silence, milliseconds. @default 15_000 */
  heartbeatMs?: number | undefined;
  /** A listener that takes nothing for so long is cut off, milliseconds. @default 30_000 */
  stallMs?: number | undefined;
  onEnd?: (() => void) | undefined;
  /** Cuts the connection of a listener that takes nothing. */
  onStall?: (() => void) | undefined;
}

const batch = 20;
const batchBytes = 128 * 1024;

/** What wakes nobody has a name of its own, so that a listener for messages does not hear it. */
const nameOf = ({ state }: { state: string }) => (state === 'recorded' ? 'record' : 'message');

/**
 * Server-sent events out of the journal. The listener pulls: one batch is in memory however slow it is, and it holds
 * up nobody. A listener that is cut off comes back with `Last-Event-ID` and misses nothing.
 */
export function createEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const { inbox, view, heartbeatMs = 15_000, stallMs = 30_000, onEnd } = options;
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  let cursor = options.after;
  let stall: NodeJS.Timeout | undefined;
  let opened = false;

  const end = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    clearTimeout(stall);
    onEnd?.();
  };

  const next = async (): Promise<string | null> => {
    if (!opened) {
      opened = true;
      return 'retry: 1000\n\n';
    }
    if (inbox.lastSeq() <= cursor) await waitForMessage(inbox, { after: cursor, timeoutMs: heartbeatMs, signal });
    if (signal.aborted) return null;
    const head = inbox.lastSeq();
    const { messages } = await readPage({ inbox, view, after: cursor, limit: batch, maxBytes: batchBytes, signal });
    cursor = messages.at(-1)?.seq ?? Math.max(cursor, head);
    if (messages.length === 0) return ': still here\n\n';
    // Every line is marked as data, by all line breaks that a reader of events knows: no content can start a field of its own.
    return messages
      .map((message) => {
        const data = options.asText === true ? blockOf(message) : JSON.stringify(message);
        const lines = data.split(/\r\n|\r|\n/u).map((line) => `data: ${line}\n`);
        return `id: ${message.seq}\nevent: ${nameOf(message)}\n${lines.join('')}\n`;
      })
      .join('');
  };

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        clearTimeout(stall);
        const text = await next();
        if (text === null) {
          end();
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(text));
        stall = setTimeout(() => {
          end();
          controller.close();
          options.onStall?.();
        }, stallMs);
        stall.unref();
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}
