import { lookup as dnsLookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { BaseError } from '../base-error.ts';
import { timerMs } from '../timer-ms.ts';
import { checkAddress, checkTarget, type TargetRules } from './check-target.ts';

/** One HTTP request. */
export interface GuardedRequest {
  /** Of HTTP. */
  method: 'GET' | 'POST' | 'PUT';
  /** `http` or `https`; held against the rules before and while it is connected to. */
  url: URL;
  /** @default none */
  headers?: Readonly<Record<string, string>> | undefined;
  /** @default none */
  body?: string | Uint8Array | undefined;
  /** Includes reading the whole answer, milliseconds. */
  timeoutMs: number;
  /** Breaks it off. */
  signal: AbortSignal;
}

/** Where requests may go, and what is thrown when they do not get there. */
export interface GuardedRequestOptions extends TargetRules {
  /** @default the resolver of the system */
  lookup?: LookupFunction | undefined;
  /** Makes the errors of whoever asks, in the words of what is asked for. */
  errors: {
    refused(url: URL, problem: string): BaseError;
    unreachable(url: URL, cause: unknown): BaseError;
    timedOut(url: URL, timeoutMs: number): BaseError;
  };
}

/** Makes requests within the rules of one kind of place. */
export interface GuardedClient {
  /** `read` takes the answer; what it throws ends the request. Redirects are answers like any other: none is followed. */
  request<T>(request: GuardedRequest, read: (answer: IncomingMessage) => Promise<T>): Promise<T>;
  /** Breaks off what is under way, and closes its connections. */
  close: () => void;
}

/**
 * HTTP to places that settings, or strangers, name. The address is checked where the connection is made, so a name that
 * changes its mind between check and use gains nothing. `fetch` offers no such place, hence `node:http`.
 */
export function createGuardedRequest(options: GuardedRequestOptions): GuardedClient {
  const { errors, lookup = dnsLookup } = options;
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  return {
    async request({ method, url, headers = {}, body, timeoutMs, signal }, read) {
      const verdict = checkTarget(url, options);
      if (!verdict.ok) throw errors.refused(url, verdict.problem);
      signal.throwIfAborted();
      const timeout = AbortSignal.timeout(Math.ceil(timerMs(timeoutMs)));
      const secure = url.protocol === 'https:';
      return await new Promise((resolve, reject) => {
        const fail = (error: unknown) => {
          if (signal.aborted) reject(signal.reason as Error);
          else if (timeout.aborted) reject(errors.timedOut(url, timeoutMs));
          else reject(error instanceof BaseError ? error : errors.unreachable(url, error));
        };
        const outgoing = (secure ? httpsRequest : httpRequest)(
          url,
          {
            method,
            agent: agents[secure ? 'https:' : 'http:'],
            headers: {
              'user-agent': 'xmtp-messaging',
              ...headers,
              ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
            },
            lookup: isIP(url.hostname) === 0 ? guardLookup(url, lookup, options) : undefined,
            signal: AbortSignal.any([signal, timeout]),
          },
          (incoming) => {
            read(incoming).then(resolve, (error: unknown) => {
              outgoing.destroy();
              fail(error);
            });
          },
        );
        outgoing.on('error', fail);
        outgoing.end(body);
      });
    },
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function guardLookup(url: URL, lookup: LookupFunction, rules: GuardedRequestOptions): LookupFunction {
  const { errors } = rules;
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const found = typeof addresses === 'string' ? [{ address: addresses, family: isIP(addresses) }] : addresses;
      const bad = found.map(({ address }) => checkAddress(url, address, rules)).find((verdict) => !verdict.ok);
      const first = found[0];
      if (bad !== undefined && !bad.ok) callback(errors.refused(url, bad.problem), '', 0);
      else if (first === undefined) callback(errors.unreachable(url, new Error('no address')), '', 0);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
