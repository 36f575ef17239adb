import { createParser } from 'eventsource-parser';
import type { Arrival } from './arrival-of.ts';
import type { HttpClient } from './create-http-client.ts';

/** Reports each message of `GET /xmtp/events`, from the first one on, when its line has arrived. */
export function followEvents(
  http: HttpClient,
  clock: () => number,
  listener: (arrival: Arrival) => void,
): Promise<() => void> {
  const parser = createParser({
    onEvent: ({ data }) => {
      const receivedAt = clock();
      const { text, sentAt } = JSON.parse(data) as { text?: string; sentAt?: string };
      if (typeof text === 'string' && sentAt !== undefined) listener({ stampedAt: Date.parse(sentAt), receivedAt });
    },
  });
  return http.follow('/xmtp/events?after=0', (chunk) => parser.feed(chunk));
}
