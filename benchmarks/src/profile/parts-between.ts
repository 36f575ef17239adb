/** What a watched program has done so far. Milliseconds. */
export interface Parts {
  /** Requests to send that were answered. */
  requests: number;
  parts: Record<string, { calls: number; ms: number }>;
  /** Time of the processor: of all threads, and of the main one. */
  cpu: { all: number; main: number };
}

/** What lies between two looks, for each request. */
export function partsBetween(before: Parts, after: Parts): Parts {
  const requests = after.requests - before.requests;
  const each = (from: number, to: number) => (to - from) / requests;
  const parts = Object.entries(after.parts).map(([name, { calls, ms }]) => {
    const { calls: callsBefore, ms: msBefore } = before.parts[name] ?? { calls: 0, ms: 0 };
    return [name, { calls: each(callsBefore, calls), ms: each(msBefore, ms) }] as const;
  });
  return {
    requests,
    parts: Object.fromEntries(parts.filter(([, { calls }]) => calls > 0)),
    cpu: { all: each(before.cpu.all, after.cpu.all), main: each(before.cpu.main, after.cpu.main) },
  };
}
