/** Keeps answers for a while, one question at a time for each key. Failures are not kept. */
export function createAnswers<T>(options: {
  /** Milliseconds that have passed, on a clock that cannot be set. */
  elapsed: () => number;
  ttlMs: number;
  /** The oldest go first. @default 10_000 */
  max?: number | undefined;
}) {
  const { elapsed, ttlMs, max = 10_000 } = options;
  const kept = new Map<string, { until: number; answer: Promise<T> }>();
  return (key: string, ask: () => Promise<T>): Promise<T> => {
    const known = kept.get(key);
    if (known !== undefined && known.until > elapsed()) return known.answer;
    const entry = { until: elapsed() + ttlMs, answer: ask() };
    kept.delete(key);
    kept.set(key, entry);
    entry.answer.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    for (const oldest of kept.keys()) {
      if (kept.size <= max) break;
      kept.delete(oldest);
    }
    return entry.answer;
  };
}
