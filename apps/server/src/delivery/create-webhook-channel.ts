import { wallClock } from '@xmtp-messaging/errors';
import { readAnswer } from './read-answer.ts';
import { readFailure, readStatus } from './read-status.ts';
import { createRequestSender, type RequestSenderOptions } from './create-request-sender.ts';
import { toOutcome } from './to-outcome.ts';
import { signWebhook } from './sign-webhook.ts';
import type { Channel } from './types.ts';
import { webhookPayload } from './webhook-payload.ts';

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
 * reply; `findAnswers` has the shapes for several, for other types and for reactions, `findReply` those of others.
 * What cannot be understood is no success.
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
        return (
          readStatus(answer, 'the webhook', now()) ?? toOutcome(readAnswer(answer.body, answer.headers['content-type']))
        );
      } catch (error) {
        signal.throwIfAborted();
        return readFailure(error);
      }
    },
  };
}
