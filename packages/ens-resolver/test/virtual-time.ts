import type { TimeSource } from '../src/process-time.ts';

/** A time that passes only where somebody waits, and at once. */
export interface VirtualTime extends TimeSource {
  /** Each wait so far, milliseconds. */
  readonly waits: number[];
  /** What a wait needs besides its time. @default nothing */
  until: () => Promise<unknown>;
}

export function createVirtualTime(): VirtualTime {
  let time = 0;
  const virtual: VirtualTime = {
    waits: [],
    until: () => Promise.resolve(),
    elapsed: () => time,
    async wait(ms, signal) {
      const due = time + ms;
      virtual.waits.push(ms);
      await new Promise(setImmediate);
      await virtual.until();
      signal?.throwIfAborted();
      time = Math.max(time, due);
    },
  };
  return virtual;
}
