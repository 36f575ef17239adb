import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { senders } from '../callers/audience-of.ts';
import { sendMessage } from '@xmtp-messaging/agent';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { countSend } from '../metrics/count-send.ts';
import {
  body,
  idempotencyKey,
  json,
  messageId,
  problems,
  problemsOf,
  recipientSchema,
  scrubbedSchema,
} from './schemas.ts';
import { readSaying, sayingShape } from './saying-schema.ts';
import type { Services } from './services.ts';

const sendBody = z
  .strictObject({
    to: z.string().min(1).max(255).meta({ description: 'ENS name or 0x address.', example: 'alice.agent-23.xid.eth' }),
    ...sayingShape,
    replyTo: messageId.optional().meta({ description: 'Id of the message that this one answers.' }),
    strict: z
      .boolean()
      .optional()
      .meta({ description: 'Refuse a name that leads to another address than when it was last written to.' }),
  })
  .meta({ id: 'SendRequest' });

const sent = z
  .object({
    ok: z.literal(true),
    message: z.literal('Message sent'),
    id: z.string(),
    conversationId: z.string(),
    to: recipientSchema,
    replayed: z.boolean().meta({ description: 'The result of an earlier request with the same key.' }),
    changedSince: z
      .object({ address: z.string(), since: z.string() })
      .optional()
      .meta({ description: 'The other address that this name meant when it was last written to, and from when on.' }),
    scrubbed: scrubbedSchema,
    heard: z.boolean().meta({ description: 'Whether what the recipient answers from this address will be heard.' }),
  })
  .meta({ id: 'SendResponse' });

const route = createRoute({
  method: 'post',
  path: '/xmtp/send',
  security: senders,
  operationId: 'sendMessage',
  tags: ['messages'],
  summary: 'Send a message to an ENS name or an Ethereum address',
  request: { headers: z.object({ 'idempotency-key': idempotencyKey.optional() }), body: body(sendBody) },
  responses: {
    200: json(sent, 'The network has accepted the message.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

export function addSendRoute(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { runtime, resolver, metrics, mode } = services;
  app.openapi(route, async (context) => {
    const { to: recipient, replyTo, strict, ...said } = context.req.valid('json');
    const saying = readSaying(said);
    const idempotencyKey = context.req.valid('header')['idempotency-key'];
    const signal = callerSignal(context);
    const sending = async () =>
      await sendMessage(
        { ...runtime.requireAgent(), resolver, mode, keySpace: 'http' },
        { ...saying, to: recipient, replyTo, strict, idempotencyKey, signal },
      );
    const { id, conversationId, to, replayed, changedSince, scrubbed, heard } = await countSend(metrics, sending);
    return context.json(
      {
        ok: true as const,
        message: 'Message sent' as const,
        id,
        conversationId,
        to,
        replayed,
        ...(changedSince === null ? {} : { changedSince }),
        ...(scrubbed.length === 0 ? {} : { scrubbed }),
        heard,
      },
      200,
    );
  });
}
