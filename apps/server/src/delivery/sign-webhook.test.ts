import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { signWebhook } from './sign-webhook.ts';

const secrets = [1, 2].map(() => `whsec_${randomBytes(32).toString('base64')}`);
const webhook = { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: '{"a":"ü"}' };

test.each(secrets)('the reference library accepts each of several secrets', (secret) => {
  expect(new Webhook(secret).verify(webhook.body, signWebhook({ ...webhook, secrets }))).toEqual({ a: 'ü' });
});

test('the reference library refuses a changed body', () => {
  const headers = signWebhook({ ...webhook, secrets });
  expect(() => new Webhook(secrets[0]!).verify('{"a":"u"}', headers)).toThrow('No matching signature');
});
