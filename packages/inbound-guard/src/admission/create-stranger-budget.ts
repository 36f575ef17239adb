import { createGcra, type RateLimit } from '@xmtp-messaging/errors';

/** What all strangers together may write, shared so that few cannot take it from all others. */
export interface StrangerBudget {
  /** What to call once the message is admitted; `null` when there is nothing left for this sender. */
  take(sender: string, now: number): (() => void) | null;
}

/** What is remembered of a stranger who was heard. */
interface Heard {
  /** Messages, each of which counts half after an hour. */
  weight: number;
  at: number;
}

const halfLifeMs = 3_600_000;

/**
 * One half of the limit is for first messages of strangers, the other for those who were heard before, and either may
 * use what the other leaves above its middle. Whoever wrote much of late must leave something in the second half for
 * whoever wrote little. Only what was admitted is remembered, the last `capacity` senders of it.
 */
export function createStrangerBudget(options: {
  limit: RateLimit;
  /** How long a stranger counts as heard before, milliseconds. */
  memoryMs: number;
  capacity: number;
}): StrangerBudget {
  const { limit, memoryMs, capacity } = options;
  const half = { burst: Math.max(1, limit.burst / 2), perSecond: limit.perSecond / 2 };
  const gcra = createGcra(half);
  const buckets = { first: 0, again: 0 };
  const heard = new Map<string, Heard>();

  const remember = (sender: string, weight: number, now: number) => {
    heard.delete(sender);
    heard.set(sender, { weight: weight + 1, at: now });
    for (const [oldest, { at }] of heard) {
      if (heard.size <= capacity && now - at < memoryMs) return;
      heard.delete(oldest);
    }
  };

  return {
    take(sender, now) {
      const before = heard.get(sender);
      const isKnown = before !== undefined && now - before.at < memoryMs;
      const weight = isKnown ? before.weight * 0.5 ** ((now - before.at) / halfLifeMs) : 0;
      const [own, other] = isKnown ? (['again', 'first'] as const) : (['first', 'again'] as const);
      const middle = half.burst / 2;
      const reserved = weight === 0 ? 0 : middle * (weight / (1 + weight));
      const share = gcra.left(buckets[own], now) >= 1 + reserved ? own : other;
      if (share === other && !(gcra.left(buckets[other], now) >= 1 + middle)) return null;
      const next = gcra.take(buckets[share], now);
      if (next === null) return null;
      return () => {
        buckets[share] = next;
        remember(sender, weight, now);
      };
    },
  };
}
