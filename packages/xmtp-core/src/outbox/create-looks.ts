import type { OutboundItem } from './create-outbound-item.ts';

/** One look at the members. */
export interface Look {
  /** `null`: the conversation has the members of now; else why nobody knows. */
  failure: Promise<unknown>;
  /** Whether it was too long ago to encrypt by it. */
  isStale(): boolean;
}

/** The looks of one lane. Each holds for those who waited when it began, and for nobody who came later. */
export interface Looks {
  /** While others are being published: begins the look for those who wait, unless it is under way or would be over at once. */
  ahead(waiting: readonly OutboundItem[]): void;
  /** The look for the first `count` of those who wait: what was begun ahead for them, or a new one for all. */
  next(waiting: readonly OutboundItem[]): { look: Look; count: number };
}

/** So long a look may take, and so long it holds. */
const lookMs = 5_000;
/** Where a look takes less, it is better to see first who else comes: they go out together. */
const farMs = 10;

/** @param lookUp Resolves within the given time, with `null` for success. */
export function createLooks(options: { lookUp: (ms: number) => Promise<unknown>; clock: () => number }): Looks {
  const { lookUp, clock } = options;
  let early: { look: Look; holdsFor: ReadonlySet<OutboundItem> } | null = null;
  let lastMs = 0;

  const begin = (): Look => {
    const at = clock();
    const failure = lookUp(lookMs).then((outcome) => {
      lastMs = clock() - at;
      return outcome;
    });
    return { failure, isStale: () => clock() - at > lookMs };
  };

  return {
    ahead(waiting) {
      if (early === null && waiting.length > 0 && lastMs >= farMs) {
        early = { look: begin(), holdsFor: new Set(waiting) };
      }
    },
    next(waiting) {
      const found = early;
      early = null;
      if (found !== null && !found.look.isStale()) {
        const later = waiting.findIndex((item) => !found.holdsFor.has(item));
        const count = later < 0 ? waiting.length : later;
        if (count > 0) return { look: found.look, count };
      }
      return { look: begin(), count: waiting.length };
    },
  };
}
