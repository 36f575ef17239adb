import type { MailboxClient } from './create-client.ts';
import type { components } from './gen/api.ts';
import { openStream } from './open-stream.ts';

/** What is the case now. */
export interface MailboxChange {
  /** As `GET /xmtp/status` answers it. */
  status: components['schemas']['Status'];
  /** Positions of the newest: one that has moved tells that there is more to read. */
  marks: {
    /** Message that was heard. */
    heard: number;
    /** Message that was sent. */
    sent: number;
    /** Line of the audit log. */
    audit: number;
    /** Line of `GET /xmtp/problems`. */
    problems: number;
  };
}

/**
 * What is the case, at once and whenever it changes, until the signal or the end of the connection; for the operator. It
 * does not connect again: whoever reads decides when.
 * @throws RequestError; and what `fetch` throws, when the connection breaks.
 */
export async function* readChanges(
  client: MailboxClient,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<MailboxChange, void, undefined> {
  const asked = client.GET('/xmtp/changes', { parseAs: 'stream', signal });
  for await (const { event, data } of openStream(asked, signal))
    if (event === 'change') yield JSON.parse(data) as MailboxChange;
}
