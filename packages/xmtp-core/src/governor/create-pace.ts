/**
 * Spaces calls so that no minute holds more than `limit` of them and nothing ever stands still for long. Half of a minute's
 * calls may come as fast as they can; beyond that, the fuller the last minute, the wider the space. A steady load settles at
 * about `limit / 66` a second.
 */
export interface Pace {
  /** When calls of this cost may begin, `now` at the earliest. `share` of the limit that may be used for them. */
  readyAt(cost: number, now: number, share?: number): number;
  add(cost: number, now: number): void;
  used(now: number): number;
}

const slotMs = 1_000;
const slots = 61;
const relaxMs = 6_000;

export function createPace(limit: number): Pace {
  const counts = Array.from({ length: slots }, () => 0);
  let head = -1;
  let total = 0;
  let nextAt = 0;

  const turn = (now: number) => {
    const slot = Math.floor(now / slotMs);
    for (let at = Math.max(0, head + 1, slot - slots + 1); at <= slot; at += 1) {
      total -= counts[at % slots]!;
      counts[at % slots] = 0;
    }
    head = Math.max(head, slot);
  };

  return {
    readyAt(cost, now, share = 1) {
      turn(now);
      if (total + cost <= limit * share) return Math.max(now, nextAt);
      // The oldest calls leave the minute first.
      let left = total;
      for (let age = slots - 1; age >= 0; age -= 1) {
        const slot = head - age;
        left -= counts[((slot % slots) + slots) % slots]!;
        if (left + cost <= limit * share) return Math.max(now, (slot + slots) * slotMs);
      }
      return Math.max(now, (head + slots) * slotMs);
    },
    add(cost, now) {
      turn(now);
      // Each call takes relaxMs * (1 / free - 2 / limit), summed up over this cost; nothing before half of it is used.
      const before = Math.min(limit / 2, Math.max(1, limit - total));
      const after = Math.min(before, Math.max(1, limit - total - cost));
      nextAt = Math.max(now, nextAt) + relaxMs * (Math.log(before / after) - (2 * (before - after)) / limit);
      counts[head % slots]! += cost;
      total += cost;
    },
    used(now) {
      turn(now);
      return total;
    },
  };
}
