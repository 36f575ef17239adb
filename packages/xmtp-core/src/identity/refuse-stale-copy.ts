import { mailboxError } from '../errors.ts';
import type { HomeEnd } from '../home/home-state.ts';
import type { ConversationBook } from '../inbox/create-conversation-book.ts';
import type { OutboundStore } from '../outbox/create-outbound-store.ts';
import { fromSdkError } from '../sdk/classify-error.ts';
import { isBaseError } from '@xmtp-messaging/errors';
import type { NativeClient } from '../sdk/native-client.ts';
import { findStaleCopy } from './find-stale-copy.ts';

/**
 * Ends a home whose database is older than what it sent; see find-stale-copy. That is written down, for the look itself may fetch
 * what shows it.
 * @throws MailboxError STALE_COPY; NETWORK_UNREACHABLE and its like, when it cannot be found out now
 */
export async function refuseStaleCopy(options: {
  client: NativeClient;
  book: Pick<ConversationBook, 'all'>;
  /** Fills the book. */
  list: () => Promise<void>;
  outbound: Pick<OutboundStore, 'settledIn'>;
  isOpenIn: (conversationId: string) => boolean;
  end: (code: HomeEnd['code']) => Promise<void>;
  now: () => number;
}): Promise<void> {
  const { client, book, list, outbound, isOpenIn, end, now } = options;
  // What fails here fails again at the first reconcile, which reports it.
  await list().catch(() => undefined);
  const conversations = book.all().map(({ native }) => native);
  let found: string | null;
  try {
    found = await findStaleCopy({ client, conversations, isOpenIn, attemptsIn: outbound.settledIn, now });
  } catch (error) {
    throw isBaseError(error) ? error : fromSdkError(error);
  }
  if (found === null) return;
  await end('STALE_COPY');
  throw mailboxError('STALE_COPY', { detail: `Seen in the conversation ${found}.` });
}
