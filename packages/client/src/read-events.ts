import type { MailboxClient } from './create-client.ts';
import type { components } from './gen/api.ts';
import { openStream } from './open-stream.ts';

/** One event of the stream. */
export interface MailboxEvent {
  /** Give it as `after` to go on behind it. */
  seq: number;
  /** `record`: it is listed, and asks for no answer. */
  type: 'message' | 'record';
  /** As `GET /xmtp/messages` lists it. */
  message: components['schemas']['Message'];
}

/** Where to begin, and when to stop. */
export interface ReadEventsOptions {
  /** The seq of the last message seen. @default behind the last acknowledged one */
  after?: number | undefined;
  /** Ends the stream. */
  signal: AbortSignal;
}

/**
 * Accepted messages as they come, until the signal or the end of the connection. It does not connect again: whoever
 * reads decides when, and gives the last `seq` as `after`. (`EventSource` can send no token.)
 * @throws RequestError; and what `fetch` throws, when the connection breaks.
 */
export async function* readEvents(
  client: MailboxClient,
  { after, signal }: ReadEventsOptions,
): AsyncGenerator<MailboxEvent, void, undefined> {
  const query = after === undefined ? {} : { after };
  const asked = client.GET('/xmtp/events', { params: { query }, parseAs: 'stream', signal });
  for await (const { event: type, data } of openStream(asked, signal)) {
    if (type !== 'message' && type !== 'record') continue;
    const message = JSON.parse(data) as MailboxEvent['message'];
    yield { seq: message.seq, type, message };
  }
}
