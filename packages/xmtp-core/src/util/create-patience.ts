import { backoffMs } from '@xmtp-messaging/errors';
import { pause } from './pause.ts';

/** Waits a moment, each longer than the one before; `false` at once when that took long enough altogether. */
export type Patience = () => Promise<boolean>;

/** More looks than fit into any limit. */
const maxLooks = 100;

export function createPatience(options: {
  /** Altogether, milliseconds. */
  limitMs: number;
  elapsed: () => number;
  random: () => number;
}): Patience {
  const { limitMs, elapsed, random } = options;
  const end = elapsed() + limitMs;
  const never = new AbortController().signal;
  let looks = 0;
  return async () => {
    looks += 1;
    if (looks > maxLooks || elapsed() >= end) return false;
    await pause(backoffMs(looks, { baseMs: 100, maxMs: 2_000, random }), never);
    return true;
  };
}
