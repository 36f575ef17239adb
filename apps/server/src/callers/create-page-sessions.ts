import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenSource } from './create-token-source.ts';

/** Tokens of the operator's page, which stand for the operator's token without showing it. */
export interface PageSessions {
  /** A new one; `null` before the operator's token is known. */
  open(): { token: string; expiresAt: number } | null;
  /** Whether it was made here, or before a restart, with an operator's token that is valid now. */
  isOpen(token: string): boolean;
}

/** How long a session lasts, milliseconds. */
export const sessionMs = 12 * 3_600_000;

const form = /^page\.([0-9a-z]{1,11})\.([\w-]{22})\.([\w-]{43})$/u;

/**
 * A session is a stamp and a number, signed with what is kept of the operator's token: it outlives a restart of the server,
 * and ends with the token. Its end is by the wall clock, since no other clock outlives a restart.
 * @param now Milliseconds since the epoch.
 */
export function createPageSessions(operator: TokenSource, now: () => number): PageSessions {
  return {
    open() {
      const [first] = operator() ?? [];
      if (first === undefined) return null;
      const expiresAt = now() + sessionMs;
      const said = `page.${Math.ceil(expiresAt / 1000).toString(36)}.${randomBytes(16).toString('base64url')}`;
      return { token: `${said}.${sign(first.digest, said).toString('base64url')}`, expiresAt };
    },
    isOpen(token) {
      const [, until, , mac] = form.exec(token) ?? [];
      if (until === undefined || mac === undefined) return false;
      const left = Number.parseInt(until, 36) * 1000 - now();
      // One that was made by a clock that was set far ahead ends as well.
      if (left <= 0 || left > 2 * sessionMs) return false;
      const said = token.slice(0, -mac.length - 1);
      const given = Buffer.from(mac, 'base64url');
      let found = false;
      for (const { digest } of operator() ?? []) if (timingSafeEqual(sign(digest, said), given)) found = true;
      return found;
    },
  };
}

function sign(digest: Buffer, said: string): Buffer {
  return createHmac('sha256', digest).update(`xmtp-messaging page session ${said}`).digest();
}
