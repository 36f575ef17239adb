import { setTimeout as delay } from 'node:timers/promises';
import type { Caller, Faults } from '../faults/create-faults.ts';
import type { Route } from './create-routes.ts';

export interface DisturbStreamOptions {
  readonly events: AsyncIterable<Uint8Array>;
  readonly faults: Faults;
  readonly caller: Caller;
  readonly method: string;
  readonly isNotice?: Route['isNotice'];
  readonly signal: AbortSignal;
}

/** An idle stream's next event takes longer than this to come, in milliseconds. */
const idleMs = 2;

/** Loses, delays and reorders the events of one subscription as the plan says. */
export async function* disturbStream(options: DisturbStreamOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { events, faults, caller, method, isNotice, signal } = options;
  const held: Uint8Array[] = [];
  let before = performance.now();
  for await (const event of events) {
    const verdict = isNotice?.(event) === true ? 'deliver' : faults.judgeEvent({ method, caller });
    if (verdict === 'hold') held.push(event);
    if (verdict === 'deliver') {
      // A backlog flows at once; only what arrives on an idle stream travels for a while.
      const delayMs = performance.now() - before > idleMs ? faults.eventDelayMs(method) : 0;
      if (delayMs > 0) await delay(delayMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      yield event;
      yield* held.splice(0);
    }
    before = performance.now();
  }
}
