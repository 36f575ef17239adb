import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { senders } from '../callers/audience-of.ts';
import { answerMessage } from '@xmtp-messaging/agent';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { countSend } from '../metrics/count-send.ts';
import { requireMessage } from './require-message.ts';
import { readSaying, sayingShape } from './saying-schema.ts';
import { answeredSchema } from './send-schemas.ts';
import { body, idempotencyKey, json, messageId, problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

/** Puts it into that form. */
export function showAnswered({ scrubbed, ...sent }: Awaited<ReturnType<typeof answerMessage>>) {
  const taken = scrubbed.length === 0 ? {} : { scrubbed };
  return { ok: true as const, message: 'Message sent' as const, ...sent, ...taken };
}

const route = createRoute({
  method: 'post',
  path: '/xmtp/messages/{id}/reply',
  security: senders,
  operationId: 'replyToMessage',
  tags: ['messages'],
  summary: 'Answer a message in its conversation',
  request: {
    params: z.object({ id: messageId }),
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: body(z.strictObject(sayingShape).meta({ id: 'ReplyRequest' })),
  },
  responses: {
    200: json(answeredSchema, 'The network has accepted the answer.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

export function addReplyRoute(app: OpenAPIHono<AppEnv>, { runtime, loopGuard, metrics }: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid('param');
    const saying = readSaying(context.req.valid('json'));
    const idempotencyKey = context.req.valid('header')['idempotency-key'];
    const signal = callerSignal(context);
    const answered = await countSend(metrics, async () => {
      const agent = runtime.requireAgent();
      const answer = { message: await requireMessage(agent.mailbox, id), idempotencyKey, signal };
      return await answerMessage({ ...agent, loopGuard }, { ...saying, ...answer });
    });
    return context.json(showAnswered(answered), 200);
  });
}
