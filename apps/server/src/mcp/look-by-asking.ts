import { z } from 'zod';
import type { LookForMail } from './create-mail-news.ts';
import { messagePageSchema, messageSchema } from '../routes/schemas.ts';
import type { AskMailbox } from './types.ts';

/** Seconds of one long poll. */
const waitSeconds = 50;

const pageSchema = messagePageSchema.pick({ cursor: true }).extend({
  messages: z.array(messageSchema.pick({ seq: true, conversationId: true, state: true })),
});

/** Looks for new mail over the HTTP surface, by long polls. */
export function lookByAsking(ask: AskMailbox): LookForMail {
  const page = async (query: string, signal: AbortSignal) => {
    const { status, body } = await ask({ method: 'GET', path: `/xmtp/messages?${query}`, signal });
    if (status >= 300) throw new Error(`status ${status}`);
    return pageSchema.parse(body);
  };
  return async (after, signal) => {
    if (after === null) {
      const { messages } = await page('order=desc&limit=1', signal);
      return { cursor: messages[0]?.seq ?? 0, messages: [] };
    }
    const { messages, cursor } = await page(`after=${after}&limit=100&wait=${waitSeconds}`, signal);
    return {
      cursor,
      messages: messages.map(({ conversationId, state }) => ({ conversationId, wakes: state === 'pending' })),
    };
  };
}
