import { createElapsedClock } from '@xmtp-messaging/errors';
import { invalidOption } from '../errors.ts';

/** The network's clock: that of its machine, and how far it was moved. */
export interface NetworkClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that the machine cannot set back. */
  readonly steady: () => number;
  /** Milliseconds that it was moved by so far. */
  advancedMs(): number;
  /** @throws DevnetError INVALID_OPTION unless `ms` is above 0 */
  advance(ms: number): void;
  /** Takes up where another left off. */
  set(advancedMs: number): void;
}

/** @param clock Milliseconds since the epoch. */
export function createNetworkClock(clock: () => number): NetworkClock {
  const elapsed = createElapsedClock(clock);
  let advanced = 0;
  return {
    now: () => clock() + advanced,
    steady: () => elapsed() + advanced,
    advancedMs: () => advanced,
    advance(ms) {
      if (!Number.isFinite(ms) || ms <= 0) throw invalidOption({ what: 'time', reason: 'It only goes forward.' });
      advanced += ms;
    },
    set(ms) {
      advanced = ms;
    },
  };
}
