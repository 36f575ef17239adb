import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { recipientSchema } from '../routes/name-schemas.ts';
import { idempotencyKey, messageId, messageText, reactRequestSchema } from '../routes/schemas.ts';
import { answeredSchema, sendRequestSchema, sentSchema } from '../routes/send-schemas.ts';
import { askOrSay } from './ask-or-say.ts';
import type { AskMailbox, MailboxCall } from './types.ts';

const key = idempotencyKey
  .optional()
  .describe('Choose one when you may have to repeat the call: with the same key the message is sent once.');

const told = { id: true, conversationId: true, replayed: true, scrubbed: true } as const;
const answeredFactsSchema = answeredSchema.pick(told);
const sentFactsSchema = sentSchema.pick({ ...told, changedSince: true }).extend({
  to: recipientSchema.pick({ name: true, address: true, verified: true }),
  heard: sentSchema.shape.heard.describe(
    'false: an answer will not be heard, for the recipient is not on the allowlist.',
  ),
});

type Told = z.output<typeof answeredFactsSchema> & Partial<z.output<typeof sentFactsSchema>>;

// Asking twice with one key sends once; without one it sends twice.
const annotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true };

/** `send_message`, `reply` and `react`. */
export function addSendTools(server: McpServer, ask: AskMailbox): void {
  const post = async (call: Omit<MailboxCall, 'method'>, schema: z.ZodType<Told>) => {
    const asked = await askOrSay(ask, { method: 'POST', ...call }, schema);
    if (!asked.ok) return asked.says;
    const text = [`Sent: ${asked.answer.id}.`, ...notesOn(asked.answer)].join(' ');
    return { content: [{ type: 'text' as const, text }], structuredContent: asked.answer };
  };

  server.registerTool(
    'send_message',
    {
      title: 'Send a message',
      description: 'Sends an end-to-end encrypted message to an ENS name or an Ethereum address.',
      inputSchema: sendRequestSchema
        .pick({ to: true, replyTo: true })
        .extend({ message: messageText, idempotencyKey: key }),
      outputSchema: sentFactsSchema,
      annotations,
    },
    async ({ idempotencyKey: own, ...body }, { mcpReq }) =>
      await post({ path: '/xmtp/send', body, key: own, signal: mcpReq.signal }, sentFactsSchema),
  );
  server.registerTool(
    'reply',
    {
      title: 'Answer a message',
      description: 'Answers a message in its conversation.',
      inputSchema: z.strictObject({ messageId, message: messageText, idempotencyKey: key }),
      outputSchema: answeredFactsSchema,
      annotations,
    },
    async ({ messageId: id, idempotencyKey: own, ...body }, { mcpReq: { signal } }) =>
      await post({ path: `/xmtp/messages/${id}/reply`, body, key: own, signal }, answeredFactsSchema),
  );
  server.registerTool(
    'react',
    {
      title: 'React to a message',
      description: 'Puts a reaction to a message, or takes it back. It wakes nobody and is no answer.',
      inputSchema: reactRequestSchema.extend({ messageId, idempotencyKey: key }),
      outputSchema: answeredFactsSchema,
      annotations,
    },
    async ({ messageId: id, idempotencyKey: own, ...body }, { mcpReq: { signal } }) =>
      await post({ path: `/xmtp/messages/${id}/react`, body, key: own, signal }, answeredFactsSchema),
  );
}

/** What must not be overlooked in it. */
function notesOn(sent: Told): string[] {
  const { heard, changedSince } = sent;
  return [
    ...(heard === false ? ['An answer will not be heard: the recipient is not on the allowlist.'] : []),
    ...(changedSince === undefined ? [] : [`The name led to ${changedSince.address} when it was last written to.`]),
  ];
}
