/** What the bot answers; `null` is nothing. */
export type ChooseAnswer = (heard: { conversationId: string; text: string }) => string | null;

/** The same words in a row that are still answered. Two bots that echo each other would never end. */
const mostAlike = 5;
/** Conversations whose last words are remembered; the oldest is forgotten first. */
const mostConversations = 1_000;

/** Answers with the same words, until a conversation says nothing new. */
export function createChooseAnswer(): ChooseAnswer {
  const last = new Map<string, { text: string; alike: number }>();
  return ({ conversationId, text }) => {
    const before = last.get(conversationId);
    const alike = before?.text === text ? before.alike + 1 : 1;
    last.delete(conversationId);
    last.set(conversationId, { text, alike });
    const [oldest] = last.keys();
    if (last.size > mostConversations) last.delete(oldest!);
    return alike > mostAlike ? null : text;
  };
}
