import type { UnaryClient } from './create-unary-client.ts';
import { encodeIdentityUpdatesRequest, readIdentityNews } from './wire.ts';

const path = '/xmtp.identity.api.v1.IdentityApi/GetIdentityUpdates';
const timeoutMs = 2_500;

/**
 * Which of these inboxes have changed since the update of theirs that is named, all in one question.
 * @param since Number of the last known update by inbox; 0n for none.
 * @returns The number of the newest update of each that has changed. Rejects when the node did not speak of every one of them.
 */
export async function askIdentityNews(
  client: Pick<UnaryClient, 'ask'>,
  since: ReadonlyMap<string, bigint>,
): Promise<Map<string, bigint>> {
  const answers = readIdentityNews(await client.ask(path, encodeIdentityUpdatesRequest(since), timeoutMs));
  if (answers === null || [...since.keys()].some((inboxId) => !answers.has(inboxId))) {
    throw new Error('The node did not answer for every inbox.');
  }
  return new Map([...answers].flatMap(([inboxId, newest]) => (newest === null ? [] : [[inboxId, newest]])));
}
