/** A send whose message may or may not have been stored before a crash. */
export interface Intent {
  id: number;
  contentDigest: string;
}

/** A message of ours in the SDK's database that no journal row names. */
export interface UnclaimedMessage {
  id: string;
  contentDigest: string;
}

/**
 * Pairs intents with stored messages of the same conversation, both oldest first. Messages of the same content are
 * interchangeable, so the first fits the first. An intent without a partner was never stored.
 */
export function matchIntents(
  intents: readonly Intent[],
  messages: readonly UnclaimedMessage[],
): Map<number, string | null> {
  const byDigest = new Map<string, string[]>();
  for (const { id, contentDigest } of messages) {
    const ids = byDigest.get(contentDigest);
    if (ids === undefined) byDigest.set(contentDigest, [id]);
    else ids.push(id);
  }
  return new Map(intents.map(({ id, contentDigest }) => [id, byDigest.get(contentDigest)?.shift() ?? null]));
}
