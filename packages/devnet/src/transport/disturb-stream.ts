import type { Caller, Faults } from '../faults/create-faults.ts';
import type { Route } from './create-routes.ts';
import { processTime, type TransportTime } from './process-time.ts';

export interface DisturbStreamOptions {
  readonly events: AsyncIterable<Uint8Array>;
  readonly faults: Faults;
  readonly caller: Caller;
  readonly method: string;
  readonly isNotice?: Route['isNotice'];
  readonly signal: AbortSignal;
  /** @default that of the process */
  readonly time?: TransportTime | undefined;
}

/** An idle stream's next event takes longer than this to come, in milliseconds. */
const idleMs = 2;

/** Loses, delays and reorders the events of one subscription as the plan says. */
export async function* disturbStream(options: DisturbStreamOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { events, faults, caller, method, isNotice, signal, time = processTime } = options;
  const held: Uint8Array[] = [];
  let before = time.now();
  for await (const event of events) {
    const verdict = isNotice?.(event) === true ? 'deliver' : faults.judgeEvent({ method, caller });
    if (verdict === 'hold') held.push(event);
    if (verdict === 'deliver') {
      // A backlog flows at once; only what arrives on an idle stream travels for a while.
      const delayMs = time.now() - before > idleMs ? faults.eventDelayMs(method) : 0;
      if (delayMs > 0) await time.pause(delayMs, signal).catch(() => {});
      if (signal.aborted) return;
      yield event;
      yield* held.splice(0);
    }
    before = time.now();
  }
}
