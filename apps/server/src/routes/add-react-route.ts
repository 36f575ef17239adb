import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { answerMessage, answerSaying } from '@xmtp-messaging/agent';
import { senders } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { countSend } from '../metrics/count-send.ts';
import { showAnswered } from './add-reply-route.ts';
import { answeredSchema } from './send-schemas.ts';
import { requireMessage } from './require-message.ts';
import { body, idempotencyKey, json, messageId, problems, problemsOf, reactRequestSchema } from './schemas.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'post',
  path: '/xmtp/messages/{id}/react',
  security: senders,
  operationId: 'reactToMessage',
  tags: ['messages'],
  summary: 'React to a message, or take a reaction back',
  request: {
    params: z.object({ id: messageId }),
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: body(reactRequestSchema.meta({ id: 'ReactRequest' })),
  },
  responses: {
    200: json(answeredSchema, 'The network has accepted the reaction.'),
    ...problems,
    ...problemsOf(404, 409, 502, 504),
  },
});

export function addReactRoute(app: OpenAPIHono<AppEnv>, { runtime, loopGuard, metrics }: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid('param');
    const idempotencyKey = context.req.valid('header')['idempotency-key'];
    const signal = callerSignal(context);
    const answered = await countSend(metrics, async () => {
      const agent = runtime.requireAgent();
      const message = await requireMessage(agent.mailbox, id);
      const saying = answerSaying(context.req.valid('json'), message);
      return await answerMessage({ ...agent, loopGuard }, { ...saying, message, idempotencyKey, signal });
    });
    return context.json(showAnswered(answered), 200);
  });
}
