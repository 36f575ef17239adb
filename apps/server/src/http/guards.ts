import { createHash, timingSafeEqual } from 'node:crypto';
import type { Problem } from './problem.ts';

/** What the guards look at. Pure: one decision each, no effect. */
export interface RequestFacts {
  method: string;
  /** Header values, lower-case names. */
  header: (name: string) => string | undefined;
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The host name of a `Host` header without its port; `null` if it is not one. */
export function hostOf(header: string): string | null {
  const match = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::\d{1,5})?$/iu.exec(header);
  return match?.[1]?.toLowerCase().replace(/\.$/u, '') ?? null;
}

/** Refuses names that are not ours: a page that rebinds its DNS name to this address still sends that name. */
export function checkHost({ header }: RequestFacts, allowed: ReadonlySet<string>): Problem | null {
  const host = hostOf(header('host') ?? '');
  if (host !== null && (loopbackNames.has(host) || allowed.has(host))) return null;
  return {
    status: 403,
    code: 'HOST_NOT_ALLOWED',
    detail: 'The Host header names a host that this server does not answer for.',
    hint: 'Use localhost, or list the name in XMTP_ALLOWED_HOSTS.',
  };
}

/** Refuses what a web page of another origin asks for. Programs that are no browser send neither header. */
export function checkOrigin({ header }: RequestFacts, allowed: ReadonlySet<string>): Problem | null {
  const origin = header('origin');
  const site = header('sec-fetch-site');
  const url = origin === undefined || !URL.canParse(origin) ? null : new URL(origin);
  const name = url?.hostname.toLowerCase() ?? '';
  const sameHost = url !== null && url.host === header('host')?.toLowerCase();
  const fromUs = origin === undefined || (sameHost && (loopbackNames.has(name) || allowed.has(name)));
  if (fromUs && site !== 'cross-site' && site !== 'same-site') return null;
  return {
    status: 403,
    code: 'ORIGIN_NOT_ALLOWED',
    detail: 'Web pages of other origins may not use this server.',
  };
}

/** Requires JSON of every write: a web page cannot send that to another origin without asking first. */
export function checkContentType({ method, header }: RequestFacts): Problem | null {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null;
  const type = header('content-type');
  // DELETE is never sent across origins without a preflight; without a body it needs no type.
  if (method === 'DELETE' && type === undefined) return null;
  if (type !== undefined && /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/iu.test(type)) return null;
  return {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Writes must be JSON.',
    hint: 'Send the header Content-Type: application/json.',
  };
}

/** Compares the bearer token in constant time. `digest` is the SHA-256 of the right one. */
export function checkToken({ header }: RequestFacts, digest: Buffer): Problem | null {
  const token = /^Bearer +(\S{1,512})$/iu.exec(header('authorization') ?? '')?.[1] ?? '';
  if (timingSafeEqual(tokenDigest(token), digest)) return null;
  return {
    status: 401,
    code: 'UNAUTHORIZED',
    detail: 'This server wants a bearer token.',
    hint: 'Send the header Authorization: Bearer <token>.',
    headers: { 'www-authenticate': 'Bearer realm="xmtp-messaging"' },
  };
}

export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
