import { setTimeout as delay } from 'node:timers/promises';
import type { Arrival } from '../peers/arrival-of.ts';

/** Collects what a receiver reports. */
export interface ArrivalCounter {
  readonly add: (arrival: Arrival) => void;
  /** Everything since the last call, once `count` have come or nothing came for `quietMs`. */
  take(count: number, quietMs: number): Promise<Arrival[]>;
}

export function createArrivalCounter(): ArrivalCounter {
  let arrivals: Arrival[] = [];
  let wake = () => {};
  return {
    add(arrival) {
      arrivals.push(arrival);
      wake();
    },
    async take(count, quietMs) {
      while (arrivals.length < count) {
        const before = arrivals.length;
        const quiet = new AbortController();
        const news = new Promise<void>((resolve) => (wake = resolve));
        await Promise.race([news, delay(quietMs, undefined, { signal: quiet.signal }).catch(() => {})]);
        quiet.abort();
        if (arrivals.length === before) break;
      }
      const taken = arrivals;
      arrivals = [];
      return taken;
    },
  };
}
