import { createHash, randomBytes } from 'node:crypto';
import { createElapsedClock } from '@xmtp-messaging/errors';

/** One-time codes, each of which opens the page once. */
export interface PageLinks {
  /** A new code. The oldest goes when there are too many. */
  make(): string;
  /** Whether it was one, and was not used or too old. It is none any more. */
  use(code: string): boolean;
}

/** How long a code is good, milliseconds. */
export const linkMs = 120_000;
const maxLinks = 16;

/** Keeps codes in memory, by their digests: a restart ends them. @param now Milliseconds. */
export function createPageLinks(now: () => number): PageLinks {
  const elapsed = createElapsedClock(now);
  const madeAt = new Map<string, number>();
  const digestOf = (code: string) => createHash('sha256').update(code).digest('hex');
  return {
    make() {
      for (const [digest, at] of madeAt) if (madeAt.size >= maxLinks || elapsed() - at >= linkMs) madeAt.delete(digest);
      const code = randomBytes(24).toString('base64url');
      madeAt.set(digestOf(code), elapsed());
      return code;
    },
    use(code) {
      const digest = digestOf(code);
      const at = madeAt.get(digest);
      madeAt.delete(digest);
      return at !== undefined && elapsed() - at < linkMs;
    },
  };
}
