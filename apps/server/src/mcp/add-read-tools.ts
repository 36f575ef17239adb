import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { askOrSay } from './ask-or-say.ts';
import { messagePageFactsSchema, messagePageSchema, type ShownMessages, showMessages } from './show-messages.ts';
import type { AskMailbox } from './types.ts';

/** How long one request of a wait takes, in seconds: between two of them the client hears of it. */
const waitSliceSeconds = 15;
const maxWaitSeconds = 3600;

const limit = z.int().min(1).max(100).default(20).describe('At most so many.');
const acknowledge = z
  .boolean()
  .default(false)
  .describe('Mark them as delivered. Else they stay pending, and are there again at the next look.');

// To acknowledge is a change, though only of what was read.
const annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true };

/** `read_messages` and `wait_for_message`. */
export function addReadTools(server: McpServer, ask: AskMailbox): void {
  const acknowledgeAll = async ({ structuredContent }: ShownMessages, signal: AbortSignal) => {
    for (const message of structuredContent.messages) {
      // Nobody reads the answer: whoever asks next is to find them.
      if (signal.aborted) return;
      if (message.state !== 'pending') continue;
      const { status } = await ask({ method: 'POST', path: `/xmtp/messages/${message.id}/ack`, signal });
      if (status < 300) message.state = 'delivered';
    }
  };

  server.registerTool(
    'read_messages',
    {
      title: 'Read messages',
      description:
        'Messages that this mailbox received and that nobody has acknowledged yet, oldest first; with `all`, those too that were.',
      inputSchema: z.strictObject({
        all: z.boolean().default(false).describe('Also those that were acknowledged.'),
        after: z.int().min(0).default(0).describe('Cursor: only what came after the message with this seq.'),
        limit,
        acknowledge,
      }),
      outputSchema: messagePageFactsSchema,
      annotations,
    },
    async ({ all, after, limit: count, acknowledge: isRead }, { mcpReq: { signal } }) => {
      const query = `after=${after}&limit=${count}${all ? '' : '&state=pending'}`;
      const asked = await askOrSay(ask, { method: 'GET', path: `/xmtp/messages?${query}`, signal }, messagePageSchema);
      if (!asked.ok) return asked.says;
      const shown = showMessages(asked.answer, 'Nothing is pending.');
      if (isRead) await acknowledgeAll(shown, signal);
      return { ...shown };
    },
  );

  server.registerTool(
    'wait_for_message',
    {
      title: 'Wait for a message',
      description:
        'Waits until a message is pending, and gives it as `read_messages` does. Empty when none came in time.',
      inputSchema: z.strictObject({
        timeoutSeconds: z.int().min(0).max(maxWaitSeconds).default(60),
        after: z.int().min(0).default(0).describe('Cursor: only what comes after the message with this seq.'),
        limit,
        acknowledge,
      }),
      outputSchema: messagePageFactsSchema,
      annotations,
    },
    async ({ timeoutSeconds, after, limit: count, acknowledge: isRead }, context) => {
      const { signal } = context.mcpReq;
      await tellProgress(context, 0, timeoutSeconds);
      let start = after;
      for (let waited = 0; ; waited += waitSliceSeconds) {
        const seconds = Math.min(waitSliceSeconds, timeoutSeconds - waited);
        const path = `/xmtp/messages?state=pending&after=${start}&limit=${count}&wait=${Math.max(0, seconds)}`;
        const asked = await askOrSay(ask, { method: 'GET', path, signal }, messagePageSchema);
        if (!asked.ok) return asked.says;
        if (asked.answer.messages.length > 0 || waited + waitSliceSeconds >= timeoutSeconds || signal.aborted) {
          const shown = showMessages(asked.answer, 'No message came.');
          if (isRead) await acknowledgeAll(shown, signal);
          return { ...shown };
        }
        // Beyond the end there is nothing to wait for: it goes on behind that.
        start = Math.min(start, asked.answer.cursor);
        await tellProgress(context, waited + waitSliceSeconds, timeoutSeconds);
      }
    },
  );
}

/** Keeps the client from giving up: many stop waiting after a minute in which they hear nothing. */
async function tellProgress({ mcpReq }: ServerContext, progress: number, total: number): Promise<void> {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return;
  await mcpReq.notify({
    method: 'notifications/progress',
    params: { progressToken, progress, total, message: 'Nothing yet.' },
  });
}
