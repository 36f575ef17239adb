import { expect, test } from 'vitest';
import { mailboxError } from '../errors.ts';
import { type Health, identityBudget, describeHealth } from './describe-health.ts';

const healthy: Health = {
  closed: false,
  terminal: null,
  lastSyncAt: 1_000_000,
  failingSince: null,
  failure: null,
  silentUntil: null,
  intervalMs: 15_000,
  lastError: null,
  installations: 1,
  identityUpdates: 1,
};
const describe = (change: Partial<Health>, now = 1_010_000) => describeHealth({ ...healthy, ...change }, now);

test('connected needs a sync that succeeded and is recent', () => {
  expect(describe({})).toEqual({ state: 'connected', reason: null });
  expect(describe({}, 1_030_000).state).toBe('connected');
  expect(describe({}, 1_030_001)).toMatchObject({ state: 'degraded', reason: { code: 'SYNC_STALE' } });
  expect(describe({ intervalMs: 60_000 }, 1_120_000).state).toBe('connected');
  expect(describe({ intervalMs: 60_000 }, 1_120_001).state).toBe('degraded');
});

test('a failing sync degrades at once, with the error as the reason', () => {
  const lastError = { code: 'NETWORK_UNREACHABLE', message: 'no answer', at: 1 };
  const reason = { code: 'NETWORK_UNREACHABLE', message: 'no answer' };
  expect(describe({ failingSince: 1, lastError })).toEqual({ state: 'degraded', reason });
  expect(describe({ failingSince: 1, lastError, lastSyncAt: null })).toEqual({ state: 'starting', reason });
  expect(describe({ lastSyncAt: null })).toMatchObject({ state: 'starting', reason: { code: 'STARTING' } });
});

test('one direction that fails degrades, and is named', () => {
  const failure = { direction: 'sending' as const, error: mailboxError('NETWORK_UNREACHABLE') };
  expect(describe({ failure })).toEqual({
    state: 'degraded',
    reason: {
      code: 'NETWORK_UNREACHABLE',
      message: 'Sending fails. The XMTP network does not answer.',
      hint: 'Check the connection and the address of the network, then try again.',
    },
  });
});

test('while no call is made it says until when', () => {
  const reason = {
    code: 'RATE_LIMITED',
    message: 'No call is made before 1970-01-01T00:20:00.000Z, so that the network takes some again.',
  };
  expect(describe({ silentUntil: 1_200_000 })).toEqual({ state: 'rate-limited', reason });
});

test('what only a person can end wins over everything but being closed', () => {
  const terminal = mailboxError('REVOKED');
  expect(describe({ terminal, failingSince: 1 })).toMatchObject({ state: 'failed', reason: { code: 'REVOKED' } });
  expect(describe({ terminal, closed: true }).state).toBe('closed');
});

test('the identity budget warns before its end', () => {
  expect(identityBudget({ ...healthy, identityUpdates: 199 }).identityUpdates.warning).toBe(false);
  expect(identityBudget({ ...healthy, identityUpdates: 200 }).identityUpdates).toEqual({
    used: 200,
    limit: 256,
    warning: true,
  });
});
