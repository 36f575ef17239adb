import { atLeast, count, invalidOption, serviceUrl } from '../options.ts';

/** How to ask web3.bio. */
export interface Web3BioOptions {
  /** https, or http on 127.0.0.1. @default 'https://api.web3.bio' */
  baseUrl?: string | undefined;
  /** Sent as X-API-KEY, and only to `baseUrl`. web3.bio refuses everything when it is wrong. @default none */
  apiKey?: string | undefined;
  /** Milliseconds for one request, body included. @default 8_000 */
  timeoutMs?: number | undefined;
  /** Bytes of one answer after decompression. @default 262_144 */
  maxBytes?: number | undefined;
  /** How many requests may start in a window; `null` for no limit of ours. @default 6 per 10_000 ms, the service's own limit; null with an API key */
  budget?: { requests: number; intervalMs: number } | null | undefined;
  /** Longest wait for the budget or for a Retry-After, in milliseconds; longer ones fail with RATE_LIMITED. @default 12_000 */
  patienceMs?: number | undefined;
  /** Further tries after a failure that may pass (429, 5xx, network). @default 2 */
  retries?: number | undefined;
  /** @default globalThis.fetch */
  fetch?: typeof globalThis.fetch | undefined;
}

/** Checked options, with every default applied. */
export interface Web3BioConfig {
  baseUrl: URL;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
  maxBytes: number;
  budget: { requests: number; intervalMs: number };
  patienceMs: number;
  retries: number;
  fetch: typeof globalThis.fetch;
}

/** @throws ResolveError INVALID_OPTION, which never holds the key. */
export function readWeb3BioOptions(options: Web3BioOptions): Web3BioConfig {
  const { baseUrl = 'https://api.web3.bio', apiKey, fetch = globalThis.fetch } = options;
  const budget =
    options.budget === undefined && apiKey === undefined ? { requests: 6, intervalMs: 10_000 } : options.budget;
  return {
    baseUrl: serviceUrl('web3bio.baseUrl', baseUrl),
    headers: { accept: 'application/json', ...(apiKey === undefined ? {} : { 'x-api-key': keyHeader(apiKey) }) },
    timeoutMs: atLeast(1, 'web3bio.timeoutMs', options.timeoutMs ?? 8_000),
    maxBytes: atLeast(1, 'web3bio.maxBytes', options.maxBytes ?? 262_144),
    budget: {
      requests: count('web3bio.budget.requests', budget?.requests ?? 1_000),
      intervalMs: atLeast(0, 'web3bio.budget.intervalMs', budget?.intervalMs ?? 0),
    },
    patienceMs: atLeast(0, 'web3bio.patienceMs', options.patienceMs ?? 12_000),
    retries: atLeast(0, 'web3bio.retries', options.retries ?? 2),
    fetch,
  };
}

function keyHeader(apiKey: string): string {
  const token = apiKey.replace(/^Bearer /i, '');
  if (!/^[\x21-\x7e]{1,4096}$/.test(token)) {
    throw invalidOption('The option web3bio.apiKey must be printable ASCII without spaces.');
  }
  return `Bearer ${token}`;
}
