import { createHmac } from 'node:crypto';

/** What is signed, as the Standard Webhooks specification 1.0 names it. */
export interface WebhookToSign {
  id: string;
  /** Seconds since the epoch. */
  timestamp: number;
  body: string;
  /** `whsec_` and base64; one signature for each. */
  secrets: readonly string[];
}

/** The three headers of a signed webhook. */
export function signWebhook({ id, timestamp, body, secrets }: WebhookToSign): Record<string, string> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatures.join(' '),
  };
}
