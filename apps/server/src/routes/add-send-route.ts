import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { senders } from '../callers/audience-of.ts';
import { sendMessage } from '@xmtp-messaging/agent';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { countSend } from '../metrics/count-send.ts';
import { body, idempotencyKey, json, problems, problemsOf } from './schemas.ts';
import { readSaying } from './saying-schema.ts';
import { sendRequestSchema, sentSchema } from './send-schemas.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'post',
  path: '/xmtp/send',
  security: senders,
  operationId: 'sendMessage',
  tags: ['messages'],
  summary: 'Send a message to an ENS name or an Ethereum address',
  request: { headers: z.object({ 'idempotency-key': idempotencyKey.optional() }), body: body(sendRequestSchema) },
  responses: {
    200: json(sentSchema, 'The network has accepted the message.'),
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
