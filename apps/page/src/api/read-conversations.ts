import { type MailboxClient, unwrap } from '@xmtp-messaging/client';
import type { Conversation } from './types.ts';

/** Rows of one step of the list. */
export const conversationStep = 50;
const maxPage = 200;
/** Requests for one step: each looks at no more than a thousand conversations. */
const maxRequests = 5;

/**
 * The first conversations of the list, by what happened last.
 * One in which nobody is on the allowlist costs a look and gives no row: hence a limit of requests, and `more`.
 */
export async function readConversations(options: {
  client: MailboxClient;
  onlyListed: boolean;
  /** How many steps have been asked for. */
  steps: number;
  signal: AbortSignal;
}): Promise<{ conversations: Conversation[]; more: boolean }> {
  const { client, onlyListed, steps, signal } = options;
  const wanted = steps * conversationStep;
  const conversations: Conversation[] = [];
  let before: string | null = null;
  let more = true;
  for (let asked = 0; more && asked < steps * maxRequests && conversations.length < wanted; asked += 1) {
    const query: { limit: number; listed?: 'true'; before?: string } = {
      limit: Math.min(wanted - conversations.length, maxPage),
      ...(onlyListed ? { listed: 'true' } : {}),
      ...(before === null ? {} : { before }),
    };
    const page: { conversations: Conversation[]; oldest: string | null; more: boolean } = await unwrap(
      client.GET('/xmtp/conversations', { params: { query }, signal }),
    );
    conversations.push(...page.conversations);
    before = page.oldest;
    more = page.more && before !== null;
  }
  return { conversations, more };
}
