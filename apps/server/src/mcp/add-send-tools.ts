import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { idempotencyKey, messageId, messageText, reactRequestSchema } from '../routes/schemas.ts';
import { askOrSay } from './ask-or-say.ts';
import type { AskMailbox } from './types.ts';

const key = idempotencyKey
  .optional()
  .describe('Choose one when you may have to repeat the call: with the same key the message is sent once.');

const sentSchema = z.object({
  id: z.string(),
  conversationId: z.string(),
  to: z.object({ name: z.string().nullable(), address: z.string(), verified: z.boolean() }).optional(),
  replayed: z.boolean().optional(),
  heard: z
    .boolean()
    .optional()
    .describe('false: an answer will not be heard, for the recipient is not on the allowlist.'),
  scrubbed: z.array(z.string()).optional().describe('What was taken out of the message before it was sent, by kind.'),
});

// Asking twice with one key sends once; without one it sends twice.
const annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };

/** `send_message`, `reply` and `react`. */
export function addSendTools(server: McpServer, ask: AskMailbox): void {
  const post = async (path: string, body: object, idempotency: string | undefined, signal: AbortSignal) => {
    const call = { method: 'POST', path, body, key: idempotency, signal } as const;
    const asked = await askOrSay(ask, call, sentSchema);
    if (!asked.ok) return asked.says;
    const { id, heard } = asked.answer;
    const note = heard === false ? ' An answer will not be heard: the recipient is not on the allowlist.' : '';
    return { content: [{ type: 'text' as const, text: `Sent: ${id}.${note}` }], structuredContent: asked.answer };
  };

  server.registerTool(
    'send_message',
    {
      title: 'Send a message',
      description: 'Sends an end-to-end encrypted message to an ENS name or an Ethereum address.',
      inputSchema: z.object({
        to: z.string().min(1).max(255).describe('ENS name or 0x address.'),
        message: messageText,
        replyTo: messageId.optional().describe('Id of the message that this one answers.'),
        idempotencyKey: key,
      }),
      outputSchema: sentSchema,
      annotations,
    },
    async ({ idempotencyKey: own, ...body }, { mcpReq }) => await post('/xmtp/send', body, own, mcpReq.signal),
  );
  server.registerTool(
    'reply',
    {
      title: 'Answer a message',
      description: 'Answers a message in its conversation.',
      inputSchema: z.object({ messageId, message: messageText, idempotencyKey: key }),
      outputSchema: sentSchema,
      annotations,
    },
    async ({ messageId: id, message, idempotencyKey: own }, { mcpReq }) =>
      await post(`/xmtp/messages/${id}/reply`, { message }, own, mcpReq.signal),
  );
  server.registerTool(
    'react',
    {
      title: 'React to a message',
      description: 'Puts a reaction to a message, or takes it back. It wakes nobody and is no answer.',
      inputSchema: z.object({ messageId, ...reactRequestSchema.shape, idempotencyKey: key }),
      outputSchema: sentSchema,
      annotations,
    },
    async ({ messageId: id, idempotencyKey: own, ...body }, { mcpReq }) =>
      await post(`/xmtp/messages/${id}/react`, body, own, mcpReq.signal),
  );
}
