import { createParser } from 'eventsource-parser';
import type { Arrival } from './arrival-of.ts';
import type { HttpClient } from './create-http-client.ts';

/** A position that no journal reaches. */
const beyondEnd = 1e14;

/** Reports each message of `GET /xmtp/events` when its line has arrived. */
export function followEvents(
  http: HttpClient,
  clock: () => number,
  listener: (arrival: Arrival) => void,
  from: 'start' | 'now',
): Promise<() => void> {
  const parser = createParser({
    onEvent: ({ data }) => {
      const receivedAt = clock();
      const { text, sentAt } = JSON.parse(data) as { text?: string; sentAt?: string };
      if (typeof text === 'string' && sentAt !== undefined) listener({ stampedAt: Date.parse(sentAt), receivedAt });
    },
  });
  const after = from === 'start' ? 0 : beyondEnd;
  return http.follow(`/xmtp/events?after=${after}`, (chunk) => parser.feed(chunk));
}
