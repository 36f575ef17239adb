import { randomUUID } from 'node:crypto';
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { SendResult } from '@xmtp-messaging/xmtp-core';
import { mayBeHeard } from '../agent/create-admit.ts';
import type { AgentHome } from '../agent/types.ts';
import { ServerError } from '../errors.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { findRecipient } from '../names/find-recipient.ts';
import { keepMeaning } from '../names/keep-meaning.ts';
import {
  body,
  idempotencyKey,
  json,
  messageId,
  messageText,
  problems,
  recipientSchema,
  scrubbedSchema,
} from './schemas.ts';
import type { Services } from './services.ts';

const maxTextBytes = 1_000_000;

const sendBody = z
  .strictObject({
    to: z.string().min(1).max(255).meta({ description: 'ENS name or 0x address.', example: 'alice.agent-23.xid.eth' }),
    message: messageText.meta({ example: 'Hello from my agent' }),
    contentType: z.enum(['text', 'markdown']).optional(),
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
  summary: 'Send a message to an ENS name or an Ethereum address',
  request: { headers: z.object({ 'idempotency-key': idempotencyKey.optional() }), body: body(sendBody) },
  responses: { 200: json(sent, 'The network has accepted the message.'), ...problems },
});

export function addSendRoute(app: OpenAPIHono<AppEnv>, services: Services): void {
  const { runtime, resolver, metrics, mode } = services;
  app.openapi(route, async (context) => {
    const { to, message, contentType, replyTo, strict = false } = context.req.valid('json');
    const given = context.req.valid('header')['idempotency-key'];
    const key = given ?? randomUUID();
    checkText(message);
    const signal = callerSignal(context);
    try {
      const { mailbox, home } = runtime.requireAgent();
      const { names } = mailbox;
      const { text, scrubbed } = scrubText(home, message);
      const asked = await findRecipient({
        to,
        strict,
        key: given === undefined ? undefined : `http:${given}`,
        home,
        names,
        resolver,
        signal,
      });
      if (asked.address.toLowerCase() === mailbox.address) {
        throw new ServerError({ code: 'RECIPIENT_IS_SELF' });
      }
      const { result, recipient } = await keepMeaning({
        to,
        recipient: asked,
        key: `http:${key}`,
        isCallersKey: given !== undefined,
        names,
        send: (address) =>
          mailbox.send({
            to: { address },
            text,
            contentType,
            replyTo,
            idempotencyKey: `http:${key}`,
            keepsKey: given !== undefined,
            signal,
          }),
      });
      requireSent(result, key);
      metrics.send('sent');
      const { changedSince, ...found } = recipient;
      return context.json(
        {
          ok: true as const,
          message: 'Message sent' as const,
          id: result.messageId,
          conversationId: result.conversationId,
          to: found,
          replayed: result.replayed,
          ...(changedSince === null ? {} : { changedSince }),
          ...(scrubbed.length === 0 ? {} : { scrubbed }),
          heard: mayBeHeard({ home, mode })(found.address),
        },
        200,
      );
    } catch (error) {
      metrics.send(error instanceof ServerError && error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'refused');
      throw error;
    }
  });
}

/** @throws ServerError MESSAGE_EMPTY, MESSAGE_TOO_LARGE */
export function checkText(text: string): void {
  if (text === '') {
    throw new ServerError({
      code: 'MESSAGE_EMPTY',
    });
  }
  if (Buffer.byteLength(text) > maxTextBytes) {
    throw new ServerError({
      code: 'MESSAGE_TOO_LARGE',
    });
  }
}

/** What may be sent of a text that a model wrote. @throws ServerError MESSAGE_EMPTY */
export function scrubText(home: Pick<AgentHome, 'scrub'>, message: string): { text: string; scrubbed: string[] } {
  const clean = home.scrub(message);
  if (clean.text.trim() !== '' || clean.scrubbed.length === 0) return clean;
  throw new ServerError({
    code: 'MESSAGE_EMPTY',
    shortMessage: 'Nothing is left of the message after scrubbing.',
    metaMessages: [`Taken out: ${clean.scrubbed.join(', ')}. Say it in other words.`],
  });
}

/** 200 is for what the network has accepted. @throws ServerError OUTCOME_UNKNOWN */
export function requireSent(result: SendResult, key: string): void {
  if (result.status === 'sent') return;
  throw new ServerError({
    code: 'OUTCOME_UNKNOWN',
    retryAfterSeconds: 5,
    facts: { id: result.messageId, conversationId: result.conversationId, idempotencyKey: key },
  });
}
