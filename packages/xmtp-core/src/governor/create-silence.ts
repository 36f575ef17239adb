/**
 * What follows a refusal of the network: no call at all for more than a minute, since a refused call counts as one and
 * only silence fills the bucket. One call then tries; when it is refused again, others share the address, and the silence
 * doubles, so that theirs can come about.
 */
export interface Silence {
  refused(now: number): void;
  /** A call began, or ended without a refusal. */
  began(): void;
  answered(now: number): void;
  /** When calls may begin again; `null` for at once. */
  until(now: number): number | null;
  refusals(): number;
}

const shortestMs = 65_000;
const longestMs = 1_800_000;
/** A refusal this long after the last one begins anew with the shortest silence. */
const forgetMs = 3_600_000;

export function createSilence(random: () => number): Silence {
  let until = Number.NEGATIVE_INFINITY;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let streak = 0;
  let refusals = 0;
  let probing = false;
  let probeOut = false;

  return {
    refused(now) {
      refusals += 1;
      const within = now < until;
      if (now - refusedAt > forgetMs) streak = 0;
      refusedAt = now;
      // Those that were under way belong to the same refusal, but they broke the silence.
      if (!within) streak += 1;
      const ms = Math.min(longestMs, shortestMs * 2 ** (streak - 1)) * (1 + random() * 0.5);
      until = within ? Math.max(until, now + shortestMs) : now + ms;
      probing = true;
      probeOut = false;
    },
    began() {
      if (probing) probeOut = true;
    },
    answered(now) {
      if (now < until) return;
      probing = false;
      probeOut = false;
    },
    until(now) {
      if (now < until) return until;
      // The call that tries is under way.
      return probing && probeOut ? now + 1_000 : null;
    },
    refusals: () => refusals,
  };
}
