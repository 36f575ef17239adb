import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createGovernor } from '../governor/create-governor.ts';
import { createHealthMonitor } from './create-health-monitor.ts';

test.each([-3_600_000, -60_000])('a clock that steps by %i ms makes no sync younger or older', (step) => {
  const clock = createManualClock();
  const health = createHealthMonitor({
    now: () => clock.now(),
    onEvent: () => undefined,
    opened: { installations: 1, identityUpdates: 1 },
    facts: createGovernor().join().facts,
    displaced: () => null,
  });
  health.synced();
  clock.advance(step);
  expect(health.describe(15_000).state).toBe('connected');
  clock.advance(31_000);
  expect(health.describe(15_000)).toMatchObject({ state: 'degraded', reason: { code: 'SYNC_STALE' } });
});
