import { createElapsedClock } from '@xmtp-messaging/errors';

/** How many automatic replies are fine. */
export interface LoopGuardOptions {
  /** Replies to one conversation in a window. */
  limit: number;
  /** Milliseconds. @default 600_000 */
  windowMs?: number | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

/** Keeps two agents from answering each other for ever. */
export interface LoopGuard {
  /** Counts a reply to the conversation; `false` when the window is full, and then nothing is counted. */
  allow(conversationId: string): boolean;
  /** When the next reply will be allowed, milliseconds from now; 0 when it already is. */
  waitMs(conversationId: string): number;
  /** Replies refused so far. */
  refused(): number;
}

/** A sliding window over the times of the replies; conversations whose window is empty are forgotten. */
export function createLoopGuard(options: LoopGuardOptions): LoopGuard {
  const { limit, windowMs = 600_000 } = options;
  const now = createElapsedClock(options.now);
  const replies = new Map<string, number[]>();
  let refused = 0;
  let sweptAt = now();

  const recent = (conversationId: string) =>
    (replies.get(conversationId) ?? []).filter((time) => now() - time < windowMs);
  const sweep = () => {
    if (now() - sweptAt < windowMs) return;
    sweptAt = now();
    for (const id of replies.keys()) if (recent(id).length === 0) replies.delete(id);
  };

  return {
    allow: (conversationId) => {
      sweep();
      const times = recent(conversationId);
      if (times.length >= limit) {
        refused += 1;
        return false;
      }
      replies.set(conversationId, [...times, now()]);
      return true;
    },
    waitMs: (conversationId) => {
      const times = recent(conversationId);
      if (times.length < limit) return 0;
      return Math.max(1, (times[0] ?? now()) + windowMs - now());
    },
    refused: () => refused,
  };
}
