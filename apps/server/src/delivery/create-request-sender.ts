import { lookup as dnsLookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { timerMs } from '@xmtp-messaging/errors';
import { checkAddress, checkTarget, type TargetRules } from './check-target.ts';
import { decodeAnswer, tooLarge } from './decode-answer.ts';
import { DeliveryError } from './delivery-error.ts';

/** One request to the agent. */
export interface AgentRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Readonly<Record<string, string>> | undefined;
  body?: string | undefined;
  /** Includes reading the whole answer, milliseconds. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** The whole answer. Redirects are answers like any other: they are never followed. */
export interface AgentAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  /** As text; empty unless the status is a success, because nothing else is looked at. */
  body: string;
}

export type SendRequest = (request: AgentRequest) => Promise<AgentAnswer>;

/** Options of the sender. */
export interface RequestSenderOptions extends TargetRules {
  /** Largest answer, as it comes and inflated, bytes. @default 4_194_304 */
  maxAnswerBytes?: number | undefined;
  /** @default the resolver of the system */
  lookup?: LookupFunction | undefined;
}

/**
 * HTTP towards the agent. The address is checked where the connection is made, so a name that changes its mind
 * between check and use gains nothing. `fetch` offers no such place, hence `node:http`.
 */
export function createRequestSender(options: RequestSenderOptions = {}): { send: SendRequest; close: () => void } {
  const { maxAnswerBytes = 4_194_304, lookup = dnsLookup, allowPrivate } = options;
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  const send: SendRequest = async ({ method, url, headers = {}, body, timeoutMs, signal }) => {
    const verdict = checkTarget(url, { allowPrivate });
    if (!verdict.ok) throw refused(url, verdict.problem);
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(timerMs(timeoutMs));
    const secure = url.protocol === 'https:';
    return new Promise<AgentAnswer>((resolve, reject) => {
      const fail = (error: unknown) => {
        if (signal.aborted) reject(signal.reason as Error);
        else if (timeout.aborted) reject(timedOut(url, timeoutMs));
        else reject(error instanceof DeliveryError ? error : unreachable(url, error));
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
          lookup: isIP(url.hostname) === 0 ? guardLookup(url, lookup, { allowPrivate }) : undefined,
          signal: AbortSignal.any([signal, timeout]),
        },
        (incoming) => {
          readAnswer(incoming, maxAnswerBytes).then(resolve, (error: unknown) => {
            outgoing.destroy();
            fail(error);
          });
        },
      );
      outgoing.on('error', fail);
      outgoing.end(body);
    });
  };
  return {
    send,
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}

function guardLookup(url: URL, lookup: LookupFunction, rules: TargetRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      const found = typeof addresses === 'string' ? [{ address: addresses, family: isIP(addresses) }] : addresses;
      const bad = found.map(({ address }) => checkAddress(url, address, rules)).find((verdict) => !verdict.ok);
      const first = found[0];
      if (bad !== undefined && !bad.ok) callback(refused(url, bad.problem), '', 0);
      else if (first === undefined) callback(unreachable(url, new Error('no address')), '', 0);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

async function readAnswer(incoming: IncomingMessage, maxBytes: number): Promise<AgentAnswer> {
  const { statusCode: status = 0, headers } = incoming;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const [bytes, type, encoding] = [Buffer.concat(chunks), headers['content-type'], headers['content-encoding']];
  const isSuccess = status >= 200 && status < 300;
  return { status, headers, body: isSuccess ? await decodeAnswer({ bytes, encoding, type, maxBytes }) : '' };
}

function refused(url: URL, problem: string): DeliveryError {
  return new DeliveryError({ code: 'TARGET_REFUSED', shortMessage: `The delivery URL (${url.host}) ${problem}` });
}

function unreachable(url: URL, cause: unknown): DeliveryError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new DeliveryError({
    code: 'UNREACHABLE',
    shortMessage: `The agent at ${url.host} cannot be reached${code}.`,
    retryable: true,
    cause,
  });
}

function timedOut(url: URL, timeoutMs: number): DeliveryError {
  return new DeliveryError({
    code: 'TIMEOUT',
    shortMessage: `The agent at ${url.host} did not answer within ${timeoutMs} ms.`,
    retryable: true,
  });
}
