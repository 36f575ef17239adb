import type { CallLogEntry } from './create-dispatcher.ts';

/** Counts finished calls by method. */
export interface CallCounter {
  add(entry: CallLogEntry): void;
  calls(): Record<string, { total: number; failed: number }>;
}

export function createCallCounter(): CallCounter {
  const calls = new Map<string, { total: number; failed: number }>();
  return {
    add({ method, code }) {
      const count = calls.get(method) ?? { total: 0, failed: 0 };
      calls.set(method, { total: count.total + 1, failed: count.failed + (code === 'OK' ? 0 : 1) });
    },
    calls: () => Object.fromEntries(calls),
  };
}
