import type { Message } from '../api/types.ts';

/** A reaction: what, and how many gave it. */
export interface ReactionCount {
  content: string;
  count: number;
}

interface ReactionContent {
  reference: string;
  action: string;
  content: string;
}

const contentOf = ({ type, content }: Message): ReactionContent | null =>
  type === 'reaction' && content !== null && 'reference' in content && 'action' in content
    ? (content as ReactionContent)
    : null;

export const isReaction = (message: Message): boolean => contentOf(message) !== null;

/** Reactions by the message that they belong to, without those that were taken back. */
export function gatherReactions(messages: readonly Message[]): ReadonlyMap<string, readonly ReactionCount[]> {
  const given = new Map<string, { reference: string; content: string; isGiven: boolean }>();
  for (const message of messages) {
    const reaction = contentOf(message);
    if (reaction === null) continue;
    const { reference, content, action } = reaction;
    given.set(JSON.stringify([message.from.inboxId, reference, content]), {
      reference,
      content,
      isGiven: action === 'added',
    });
  }
  const counts = new Map<string, Map<string, number>>();
  for (const { reference, content, isGiven } of given.values()) {
    if (!isGiven) continue;
    const of = counts.get(reference) ?? new Map<string, number>();
    of.set(content, (of.get(content) ?? 0) + 1);
    counts.set(reference, of);
  }
  return new Map([...counts].map(([id, of]) => [id, [...of].map(([content, count]) => ({ content, count }))]));
}
