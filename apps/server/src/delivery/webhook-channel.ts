import { isBaseError, wallClock } from '@xmtp-messaging/errors';
import type { AgentMessage } from '../agent/message-view.ts';
import { retryAfterMs } from './retry-after.ts';
import { createRequestSender, type RequestSenderOptions } from './send-request.ts';
import { signWebhook } from './sign-webhook.ts';
import type { Channel, DeliveryOutcome } from './types.ts';

/** Options of the webhook channel. */
export interface WebhookChannelOptions extends RequestSenderOptions {
  url: string;
  /** Newest first. */
  secrets: readonly string[];
  /** Milliseconds. */
  timeoutMs: number;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

/**
 * Posts messages by the Standard Webhooks specification: the id is the message id on every attempt, any 2xx is
 * success, 410 ends it, everything else, redirects included, is a failure. `{"reply": "…"}` in the answer is the
 * reply.
 */
export function createWebhookChannel(options: WebhookChannelOptions): Channel {
  const { url, secrets, timeoutMs, now = wallClock } = options;
  const sender = createRequestSender(options);
  return {
    kind: 'webhook',
    close: sender.close,
    deliver: async (message, { signal, attempt }) => {
      const body = JSON.stringify(webhookPayload(message, attempt));
      const timestamp = Math.floor(now() / 1000);
      const headers = {
        'content-type': 'application/json',
        ...signWebhook({ id: message.id, timestamp, body, secrets }),
      };
      try {
        const answer = await sender.send({ method: 'POST', url: new URL(url), headers, body, timeoutMs, signal });
        return readAnswer(answer.status, answer.headers['retry-after'], answer.body, now());
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'failed', error: isBaseError(error) ? error.shortMessage : 'the request failed' };
      }
    },
  };
}

/** The body of a webhook. */
function webhookPayload(message: AgentMessage, attempt: number) {
  return { type: 'message.received', timestamp: message.receivedAt, attempt, data: message };
}

function readAnswer(status: number, retryAfter: string | undefined, body: string, now: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', reply: readReply(body) };
  if (status === 410) return { kind: 'gone', error: 'the webhook answered 410 Gone' };
  const redirect = status >= 300 && status < 400 ? ', a redirect, which is never followed' : '';
  return {
    kind: 'failed',
    error: `the webhook answered ${status}${redirect}`,
    retryAfterMs: retryAfterMs(retryAfter, now),
  };
}

function readReply(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('reply' in answer)) return null;
    return typeof answer.reply === 'string' && answer.reply !== '' ? answer.reply : null;
  } catch {
    return null;
  }
}
