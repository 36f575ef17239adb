import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createQuotas } from './create-quotas.ts';

test('a burst is allowed, then the rate holds, per address and per kind of call', () => {
  const clock = createManualClock();
  const quotas = createQuotas({ limits: { writes: { perMinute: 60, burst: 2 } }, now: () => clock.now() });
  const write = (address: string) => quotas.take({ method: 'SendGroupMessages', address });
  write('a');
  write('a');
  expect(() => write('a')).toThrow(/rate limit exceeded for SendGroupMessages/);
  write('b');
  quotas.take({ method: 'QueryGroupMessages', address: 'a' });
  clock.advance(1_000);
  write('a');
  expect(() => write('a')).toThrow(/rate limit/);
  clock.advance(3_600_000);
  write('a');
  write('a');
  expect(() => write('a')).toThrow(/rate limit/);
});
