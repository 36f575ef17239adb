import { hasUnseen } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { formatCall } from './format-call.ts';

test.each([true, false])('what a client calls itself cannot steer a terminal (JSON: %s)', (json) => {
  const hostile = 'x\u009b31m\u202e\u001b[2J';
  const numbers = { durationMs: 1, requestBytes: 1, responseBytes: 1, responses: 1 };
  const entry = {
    at: 1,
    method: 'SendGroupMessages',
    peer: 'peer',
    appVersion: hostile,
    code: 'INTERNAL',
    message: hostile,
  };
  const line = formatCall({ ...entry, ...numbers } as Parameters<typeof formatCall>[0], json);
  expect(line).toContain('31m');
  expect(hasUnseen(line)).toBe(false);
});
