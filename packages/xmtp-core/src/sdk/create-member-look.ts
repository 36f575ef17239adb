/** A conversation whose members are to be looked up. */
export interface LookedAt {
  id: string;
  /** Inboxes of its members, as far as this client knows. */
  readonly inboxIds: () => Promise<readonly string[]>;
  /** The SDK's own look, which asks the network and brings the conversation up to date. Costs several milliseconds. */
  readonly refresh: () => Promise<void>;
}

/**
 * Makes the installations that the members have now those of the conversation. The SDK's own look runs where something has
 * changed, or may have: an answer counts only as far as a look of the SDK that began after it has succeeded.
 * @throws What the SDK's look throws.
 */
export type MemberLook = (conversation: LookedAt) => Promise<void>;

const maxKnown = 10_000;

/** @param askNews Which of these inboxes have updates after the named one; the newest of each that has. See ask-identity-news. */
export function createMemberLook(
  askNews: (since: ReadonlyMap<string, bigint>) => Promise<ReadonlyMap<string, bigint>>,
): MemberLook {
  /** By conversation: the newest update of each member that the conversation is known to reflect. */
  const reflected = new Map<string, ReadonlyMap<string, bigint>>();
  const remember = (id: string, updates: ReadonlyMap<string, bigint>) => {
    reflected.delete(id);
    reflected.set(id, updates);
    const [oldest] = reflected.keys();
    if (reflected.size > maxKnown && oldest !== undefined) reflected.delete(oldest);
  };

  /** Conversations whose last look of the SDK failed: until one succeeds, nobody can say that they are up to date. */
  const owed = new Set<string>();

  return async ({ id, inboxIds, refresh: lookBySdk }) => {
    const refresh = async () => {
      owed.add(id);
      await lookBySdk();
      owed.delete(id);
    };
    const before = reflected.get(id);
    if (before === undefined) {
      await refresh();
      // Who writes there once only needs no more than that.
      remember(id, new Map());
      return;
    }
    // Without an answer it is for the SDK, which has a connection of its own, to look or to say why not.
    const ask = async (inboxes: ReadonlyMap<string, bigint>) => await askNews(inboxes).catch(() => null);
    // Nearly always the members are those of the last time, so their names are read while the question is on its way.
    const asked = before.size === 0 ? null : ask(before);
    const since = new Map((await inboxIds()).map((inboxId) => [inboxId, before.get(inboxId) ?? 0n]));
    const isAsked = asked !== null && since.keys().every((inboxId) => before.has(inboxId));
    const news = await (isAsked ? asked : ask(since));
    if (news?.size === 0 && !owed.has(id)) return;
    await refresh();
    if (news === null) return;
    remember(id, new Map([...since].map(([inboxId, known]) => [inboxId, news.get(inboxId) ?? known])));
  };
}
