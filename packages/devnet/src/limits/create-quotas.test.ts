import { create, toBinary } from '@bufbuild/protobuf';
import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { SendGroupMessagesRequestSchema, SendWelcomeMessagesRequestSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { createQuotas, type Limits, productionLimits } from './create-quotas.ts';

function setUp(limits: Limits) {
  const clock = createManualClock();
  const quotas = createQuotas({ limits, now: () => clock.now() });
  const call = (method: string, { address = 'a', request }: { address?: string; request?: Uint8Array } = {}) => {
    try {
      quotas.take({ method, address, request });
      return 'OK';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const times = (count: number, method: string) =>
    Array.from({ length: count }, () => call(method)).filter((answer) => answer === 'OK').length;
  return { clock, call, times };
}

test('one bucket for each address and kind', () => {
  const { call } = setUp({ writes: { perMinute: 60, burst: 1 }, reads: { perMinute: 60, burst: 1 } });
  expect([call('UploadKeyPackage'), call('QueryGroupMessages')]).toEqual(['OK', 'OK']);
  expect(call('PublishIdentityUpdate')).toContain('1 exceeds rate limit RaPUB');
  expect(call('GetInboxIds')).toContain('1 exceeds rate limit RaDEF');
  expect(call('UploadKeyPackage', { address: 'b' })).toBe('OK');
});

test('a call within each minute keeps the bucket from ever being filled, a refused one too', () => {
  const { clock, call, times } = setUp({ reads: { perMinute: 10, burst: 10 } });
  for (let minute = 0; minute < 10; minute += 1) {
    expect(call('GetInboxIds')).toBe('OK');
    clock.advance(59_999);
  }
  for (let minute = 0; minute < 100; minute += 1) {
    expect(call('GetInboxIds')).toContain('exceeds rate limit');
    clock.advance(59_999);
  }
  clock.advance(1);
  expect(times(20, 'GetInboxIds')).toBe(10);
});

test('whole minutes of silence count, up to the burst', () => {
  const { clock, times } = setUp({ reads: { perMinute: 10, burst: 25 } });
  expect(times(30, 'GetInboxIds')).toBe(25);
  clock.advance(119_999);
  expect(times(30, 'GetInboxIds')).toBe(10);
  clock.advance(86_400_000);
  expect(times(30, 'GetInboxIds')).toBe(25);
});

test('a clock that steps back gives nothing away', () => {
  const { clock, call } = setUp({ reads: { perMinute: 1, burst: 1 } });
  expect(call('GetInboxIds')).toBe('OK');
  clock.advance(-3_600_000);
  expect(call('GetInboxIds')).toContain('exceeds');
  clock.advance(3_600_000);
  expect(call('GetInboxIds')).toContain('exceeds');
});

test('messages and welcomes cost one each, the commit log is a read', () => {
  const { call } = setUp({ writes: { perMinute: 1, burst: 5 }, reads: { perMinute: 1, burst: 1 } });
  const group = (count: number) =>
    toBinary(
      SendGroupMessagesRequestSchema,
      create(SendGroupMessagesRequestSchema, { messages: Array.from({ length: count }, () => ({})) }),
    );
  const welcomes = toBinary(
    SendWelcomeMessagesRequestSchema,
    create(SendWelcomeMessagesRequestSchema, { messages: [{}, {}] }),
  );
  expect(call('SendGroupMessages', { request: group(6) })).toContain('6 exceeds rate limit RaPUB');
  expect(call('SendGroupMessages', { request: group(3) })).toBe('OK');
  expect(call('SendWelcomeMessages', { request: welcomes })).toBe('OK');
  expect(call('SendGroupMessages', { request: group(1) })).toContain('1 exceeds');
  expect(call('BatchPublishCommitLog')).toBe('OK');
  expect(call('BatchPublishCommitLog')).toContain('RaDEF');
});

test('the production network: 20,000 reads and 3,000 publications, nothing back at 12 calls a minute', () => {
  const { clock, times } = setUp(productionLimits);
  let minutes = 0;
  for (; times(12, 'GetNewestGroupMessage') === 12; minutes += 1) clock.advance(60_000 - 1);
  expect(Math.floor(minutes / 60)).toBe(27);
  expect(times(5_000, 'UploadKeyPackage')).toBe(3_000);
});
