import type { Saying } from './prepare-content.ts';

/** An automatic answer: words, a reaction to the message, or content of any type. */
export type Answer = string | { reaction: string; action?: 'added' | 'removed' | undefined } | Saying;

/** What an answer to a message says. A reaction names it by `messageId` and `senderInboxId`. */
export function answerSaying(answer: Answer, message: { messageId: string; senderInboxId: string }): Saying {
  if (typeof answer === 'string') return { text: answer };
  // What is neither words nor an object says nothing, and is refused as that.
  if (typeof answer !== 'object' || answer === null) return {};
  if (!('reaction' in answer)) return answer;
  const { reaction, action = 'added' } = answer;
  const { messageId: reference, senderInboxId: referenceInboxId } = message;
  // Names of emoji, as chat programs write them, are codes and no characters.
  const schema = /^:?[a-z0-9_+-]+:?$/iu.test(reaction) ? 'shortcode' : 'unicode';
  return { contentType: 'reaction', content: { reference, referenceInboxId, action, content: reaction, schema } };
}
