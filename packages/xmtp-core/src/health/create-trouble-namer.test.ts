import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createGovernor } from '../governor/create-governor.ts';
import { createDirections } from './create-directions.ts';
import { createTroubleNamer } from './create-trouble-namer.ts';

function setUp(probe: () => Promise<Error | null>) {
  const clock = createManualClock();
  const directions = createDirections(() => clock.now());
  const trouble = createTroubleNamer({
    client: { nodeUrl: 'http://127.0.0.1:1', calls: createGovernor().join() },
    note: (work, error) => {
      directions.note(work, error);
    },
    now: () => clock.now(),
    probe,
  });
  return { clock, trouble, sending: () => directions.status().sending };
}

const refusal = new Error('gRPC status 8: too many requests');

test('a publish that is stuck is named by what the node says', async () => {
  const { trouble, sending } = setUp(() => Promise.resolve(refusal));
  await trouble.stuck('dm', new Error('gave up'));
  expect(sending()).toMatchObject({ state: 'failing', error: { code: 'RATE_LIMITED' } });
});

test('what the node says late counts no more once a message went out', async () => {
  const answer = Promise.withResolvers<Error | null>();
  const { trouble, sending } = setUp(() => answer.promise);
  const asked = trouble.stuck('dm', new Error('gave up'));
  expect(sending().state).toBe('failing');
  trouble.sent('dm');
  answer.resolve(refusal);
  await asked;
  expect(sending().state).toBe('ok');
});

test('a reason of earlier names no trouble of now', async () => {
  const answers = [refusal, null];
  const { clock, trouble, sending } = setUp(() => Promise.resolve(answers.shift() ?? null));
  await trouble.stuck('dm', new Error('gave up'));
  trouble.sent('dm');
  clock.advance(60_000);
  await trouble.stuck('dm', new Error('gave up'));
  expect(sending()).toMatchObject({ state: 'failing', error: { code: 'SDK_FAILED' } });
});
