/** The ids of the last messages, bounded in number and age. */
export interface RecentIds {
  has(id: string, now: number): boolean;
  add(id: string, now: number): void;
}

export function createRecentIds(options: { maxIds: number; maxAgeMs: number }): RecentIds {
  const { maxIds, maxAgeMs } = options;
  const seenAt = new Map<string, number>();
  return {
    has(id, now) {
      const time = seenAt.get(id);
      return time !== undefined && now - time < maxAgeMs;
    },
    add(id, now) {
      seenAt.delete(id);
      seenAt.set(id, now);
      for (const [oldest, time] of seenAt) {
        if (seenAt.size <= maxIds && now - time < maxAgeMs) return;
        seenAt.delete(oldest);
      }
    },
  };
}
