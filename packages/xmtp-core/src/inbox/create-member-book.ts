import type { DecodedContent } from '../content/decode-message.ts';
import type { Peer } from '../history/peer.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Address, InboundRecord, People } from '../types.ts';
import { createAnswers } from '../util/create-answers.ts';

/** Who is in the groups that messages come from, and whom changes of groups name. Local: it never asks the network. */
export type PeopleOf = (
  message: Pick<InboundRecord, 'conversationId' | 'conversationType'> & Pick<DecodedContent, 'content'>,
) => Promise<People>;

/** Members show their addresses as of then, for as long as nobody joins or leaves. */
const ttlMs = 60_000;
/** Each may hold 250 members. */
const maxGroups = 200;
/** How long a row may take from its time stamp to being visible. */
const marginMs = 60_000;
/** A change names no more than a group holds. */
const maxNamed = 250;

/** Gives one for each page that is read: in it, each group is looked at once. */
export function createMemberBook(options: {
  client: Pick<NativeClient, 'conversation' | 'knownIdentities' | 'inboxId'>;
  elapsed: () => number;
  /** By which the database stamps what it takes in, milliseconds since the epoch. */
  now: () => number;
}): () => PeopleOf {
  const { client, elapsed, now } = options;
  const kept = createAnswers<readonly Peer[]>({ elapsed, ttlMs, max: maxGroups });
  const toPeer = ({ inboxId, addresses }: { inboxId: string; addresses: readonly string[] }): Peer => ({
    inboxId,
    addresses: addresses as readonly Address[],
  });

  /** By group: its newest change that was seen, and when it was looked for. */
  const looks = new Map<string, { version: string; at: number; elapsedAt: number }>();
  let fresh = 0;

  /**
   * Changes whenever the members do. Only what came in since the last look is looked at: the newest change of all can be
   * found by nothing but a walk through the conversation. A clock may have been set since: the earlier counts.
   */
  const versionOf = async (native: Conversation): Promise<string> => {
    const [at, elapsedAt] = [now(), elapsed()];
    const last = looks.get(native.id);
    const lastAt = last === undefined ? at : Math.min(last.at, at - (elapsedAt - last.elapsedAt));
    const since = BigInt(Math.floor(lastAt - marginMs)) * 1_000_000n;
    const version = (await native.changeSince(since)) ?? last?.version ?? `${(fresh += 1)}`;
    looks.delete(native.id);
    looks.set(native.id, { version, at, elapsedAt });
    for (const oldest of looks.keys()) {
      if (looks.size <= maxGroups) break;
      looks.delete(oldest);
    }
    return version;
  };

  const membersOf = async (conversationId: string): Promise<readonly Peer[] | null> => {
    const native = client.conversation(conversationId);
    if (native === null) return null;
    try {
      const version = await versionOf(native);
      return await kept(`${native.id} ${version}`, async () => (await native.members()).map(toPeer));
    } catch {
      // Not known is not nobody.
      return null;
    }
  };
  const namedIn = async (content: DecodedContent['content']): Promise<readonly Peer[]> => {
    if (content === null || !('initiatedByInboxId' in content)) return [];
    const lists = Object.values(content).filter((each) => Array.isArray(each));
    const named = lists.flat().flatMap((each) => ('inboxId' in each ? [each.inboxId] : []));
    const inboxIds = [...new Set(named)].slice(0, maxNamed);
    return (await client.knownIdentities(inboxIds).catch(() => [])).map(toPeer);
  };
  return () => {
    const seen = new Map<string, Promise<readonly Peer[] | null>>();
    return async ({ conversationId, conversationType, content }) => {
      if (conversationType !== 'group') return { members: null, named: [] };
      const members = seen.get(conversationId) ?? membersOf(conversationId);
      seen.set(conversationId, members);
      return { members: await members, named: await namedIn(content) };
    };
  };
}
