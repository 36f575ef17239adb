import { setTimeout as delay } from 'node:timers/promises';
import { timerMs } from '@xmtp-messaging/errors';
import { AgentError } from '../errors.ts';

/** Knows which calls are under way, so that closing can wait for them. */
export interface CallGate {
  /** The same methods, each of which rejects once the gate is shut. */
  through<T extends object>(methods: T): T;
  /** Lets no further call begin. Resolves when those under way have ended, at the latest after `timeoutMs`. */
  shut(options: { timeoutMs: number }): Promise<void>;
}

/** One for all that a program may ask of an agent. The methods are asynchronous. */
export function createCallGate(): CallGate {
  const underWay = new Set<Promise<unknown>>();
  let isShut = false;

  const during = async (call: () => unknown) => {
    if (isShut) throw new AgentError({ code: 'SHUTTING_DOWN', retryAfterSeconds: 5 });
    const work = (async () => await call())();
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  return {
    through: (methods) =>
      Object.fromEntries(
        Object.entries(methods).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
          name,
          // Options that are null are none.
          (...args: unknown[]) => during(() => method(...args.map((arg) => arg ?? undefined))),
        ]),
      ) as typeof methods,
    async shut({ timeoutMs }) {
      isShut = true;
      if (underWay.size === 0) return;
      const ended = new AbortController();
      const late = delay(timerMs(timeoutMs), undefined, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([late, Promise.allSettled(underWay)]);
      ended.abort();
    },
  };
}
