import type { CallLogEntry } from './create-dispatcher.ts';

/** Counts finished calls by method. */
export interface CallCounter {
  add(entry: CallLogEntry): void;
  calls(): Record<string, { total: number; failed: number }>;
}

/** Names that are counted by themselves. Clients choose the names of calls that the network does not have. */
const maxNames = 200;
const others = 'others';

export function createCallCounter(): CallCounter {
  const calls = new Map<string, { total: number; failed: number }>();
  return {
    add({ method: name, code }) {
      const method = calls.has(name) || calls.size < maxNames ? name : others;
      const count = calls.get(method) ?? { total: 0, failed: 0 };
      calls.set(method, { total: count.total + 1, failed: count.failed + (code === 'OK' ? 0 : 1) });
    },
    calls: () => Object.fromEntries(calls),
  };
}
