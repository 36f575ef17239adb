import { quoteInput } from '@xmtp-messaging/errors';
import { parseHostName } from './parse-host-name.ts';
import type { Problem } from './problem.ts';

/** What the guards look at. Pure: one decision each, no effect. */
export interface RequestFacts {
  method: string;
  /** Header values, lower-case names. */
  header: (name: string) => string | undefined;
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

export const hostMissing: Problem = {
  status: 400,
  code: 'HOST_MISSING',
  detail: 'The request has no Host header.',
  hint: 'Send one; only /healthz and /readyz answer without, to HTTP/1.0.',
  headers: { connection: 'close' },
};

/** Refuses names that are not ours: a page that rebinds its DNS name to this address still sends that name. */
export function checkHost({ header }: RequestFacts, allowed: ReadonlySet<string>): Problem | null {
  const given = header('host');
  const host = parseHostName(given ?? '');
  if (host !== null && (loopbackNames.has(host) || allowed.has(host))) return null;
  if (given === undefined) return hostMissing;
  return {
    status: 403,
    code: 'HOST_NOT_ALLOWED',
    detail:
      host === null
        ? 'The Host header is not the name of a host.'
        : `The Host header says ${host}, and this server does not answer for that name.`,
    hint: 'Use localhost, or list the name in XMTP_ALLOWED_HOSTS. Only /healthz and /readyz answer to any name.',
  };
}

/** Refuses what a web page of another origin asks for. Programs that are no browser send neither header. */
export function checkOrigin({ header }: RequestFacts, allowed: ReadonlySet<string>): Problem | null {
  const origin = header('origin');
  const site = header('sec-fetch-site');
  const fromUs = origin === undefined || isOurs(origin, header('host') ?? '', allowed);
  if (fromUs && (site === undefined || site === 'same-origin' || site === 'none')) return null;
  return {
    status: 403,
    code: 'ORIGIN_NOT_ALLOWED',
    detail: 'Web pages of other origins may not use this server.',
  };
}

/** An app shell such as `tauri://localhost` is another origin, however its host is called. */
function isOurs(origin: string, host: string, allowed: ReadonlySet<string>): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: originHost, hostname } = new URL(origin);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  const here = `${protocol}//${host}`;
  if (!URL.canParse(here) || new URL(here).host !== originHost) return false;
  const name = parseHostName(hostname);
  return name !== null && (loopbackNames.has(name) || allowed.has(name));
}

/** What a reverse proxy adds. A program on this machine has no reason to. */
const proxyHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-real-ip',
  'x-original-host',
  'cf-connecting-ip',
  'true-client-ip',
  'fly-client-ip',
  'tailscale-user-login',
];

/** Without a token, whoever can reach a proxy in front of the loopback address owns the mailbox. */
export function checkProxy({ header }: RequestFacts): Problem | null {
  if (proxyHeaders.every((name) => header(name) === undefined)) return null;
  return {
    status: 403,
    code: 'PROXY_WITHOUT_TOKEN',
    detail: 'This request came through a reverse proxy, and this server has no token: everybody could use it.',
    hint: 'Set XMTP_API_TOKEN or XMTP_API_TOKEN_FILE, and send the token as a bearer token.',
  };
}

/** By what a caller may name the agent of a server. */
export interface AgentNames {
  /** `XMTP_AGENT`. */
  id: string | undefined;
  /** `null` until the wallet has been asked. */
  address: () => string | null;
}

/** Refuses what is meant for another agent: whoever has a port now would else read and send as itself. */
export function checkAgent({ header }: RequestFacts, { id, address }: AgentNames): Problem | null {
  const named = header('xmtp-agent')?.trim();
  if (named === undefined || named === id || named.toLowerCase() === address()?.toLowerCase()) return null;
  return {
    // Not 421, which fits better: fetch asks again by itself then, and reports a broken network.
    status: 403,
    code: 'WRONG_AGENT',
    detail: 'The header Xmtp-Agent names another agent than the one of this server.',
    hint: 'Another server has the port of that agent. Start the one that is meant, with the settings of its xmtp.env.',
  };
}

const json = /^application\/(?:[\w.-]{1,64}\+)?json$/iu;

/** The media type of a header without its parameters, which mean nothing for JSON. */
function essence(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim();
}

/**
 * Requires JSON of every body: a web page cannot send that to another origin without asking first. Without a body no
 * type is needed, nor does the one that clients put on every `POST` matter: browsers send `Origin` with it.
 */
export function checkContentType({ method, header }: RequestFacts): Problem | null {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null;
  const type = header('content-type')?.trim() ?? '';
  const isEmpty = Number(header('content-length') ?? 0) === 0 && header('transfer-encoding') === undefined;
  if (isEmpty && (type === '' || essence(type).toLowerCase() === 'application/x-www-form-urlencoded')) return null;
  if (json.test(essence(type))) return null;
  return {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: type === '' ? 'The body has no media type.' : `Bodies must be JSON, and this one says ${quoteInput(type)}.`,
    hint: 'Send the header Content-Type: application/json.',
    headers: { accept: 'application/json' },
  };
}

/** Whether the header says JSON in words that the router does not know: `application/json ; charset=utf8;`. */
export function isUnusualJson(type: string | undefined): boolean {
  return type !== undefined && type !== 'application/json' && json.test(essence(type));
}
