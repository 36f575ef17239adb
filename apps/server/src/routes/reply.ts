import { createHash } from 'node:crypto';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { ServerError } from '../errors.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { requireMessage } from './require-message.ts';
import { body, idempotencyKey, json, messageId, messageText, problems, scrubbedSchema } from './schemas.ts';
import { checkText, requireSent, scrubText } from './send.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'post',
  path: '/xmtp/messages/{id}/reply',
  summary: 'Answer a message in its conversation',
  request: {
    params: z.object({ id: messageId }),
    headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
    body: body(
      z
        .strictObject({ message: messageText, contentType: z.enum(['text', 'markdown']).optional() })
        .meta({ id: 'ReplyRequest' }),
    ),
  },
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        message: z.literal('Message sent'),
        id: z.string(),
        conversationId: z.string(),
        replayed: z.boolean(),
        scrubbed: scrubbedSchema,
      }),
      'The network has accepted the answer.',
    ),
    ...problems,
  },
});

export function addReplyRoute(app: OpenAPIHono<AppEnv>, { runtime, loopGuard, metrics }: Services): void {
  app.openapi(route, async (context) => {
    const { id } = context.req.valid('param');
    const { message, contentType } = context.req.valid('json');
    checkText(message);
    const { mailbox, home } = runtime.requireAgent();
    const { text, scrubbed } = scrubText(home, message);
    const answered = await requireMessage(mailbox, id);
    // Without a key, the same words to the same message are one answer, so a caller that timed out may just ask again.
    const key =
      context.req.valid('header')['idempotency-key'] ?? createHash('sha256').update(`${id}\n${message}`).digest('hex');
    const { conversationId } = answered;
    const reservation = loopGuard.take(conversationId, key);
    if (reservation === null) {
      throw new ServerError({
        code: 'LOOP_GUARD',
        retryAfterSeconds: loopGuard.waitMs(conversationId) / 1000,
      });
    }
    let outcome: 'sent' | 'replayed' | 'failed' = 'failed';
    const result = await mailbox
      .send({
        to: { conversationId },
        text,
        contentType,
        replyTo: answered.conversationType === 'group' ? id : undefined,
        idempotencyKey: `answer:${key}`,
        signal: callerSignal(context),
      })
      .then((sent) => {
        outcome = sent.replayed ? 'replayed' : 'sent';
        return sent;
      })
      .finally(() => reservation.settle(outcome));
    requireSent(result, key);
    metrics.send('sent');
    return context.json(
      {
        ok: true as const,
        message: 'Message sent' as const,
        id: result.messageId,
        conversationId: result.conversationId,
        replayed: result.replayed,
        ...(scrubbed.length === 0 ? {} : { scrubbed }),
      },
      200,
    );
  });
}
