import type { IncomingMessage } from 'node:http';
import {
  createGuardedRequest,
  type GuardedRequest,
  type GuardedRequestOptions,
  readAtMost,
} from '@xmtp-messaging/errors/network';
import { decodeAnswer, tooLarge } from './decode-answer.ts';
import { DeliveryError } from './delivery-error.ts';

/** One request to the agent. */
export interface AgentRequest extends GuardedRequest {
  method: 'GET' | 'POST';
  body?: string | undefined;
}

/** The whole answer. Redirects are answers like any other: they are never followed. */
export interface AgentAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  /** As text; empty unless the status is a success, because nothing else is looked at. */
  body: string;
}

export type AskAgent = (request: AgentRequest) => Promise<AgentAnswer>;

/** Options of the sender. */
export interface RequestSenderOptions extends Pick<GuardedRequestOptions, 'allowPrivate' | 'lookup'> {
  /** Largest answer, as it comes and inflated, bytes. @default 4_194_304 */
  maxAnswerBytes?: number | undefined;
}

/** HTTP towards the agent, within the rules for deliveries. */
export function createRequestSender(options: RequestSenderOptions = {}): { send: AskAgent; close: () => void } {
  const { maxAnswerBytes = 4_194_304, lookup, allowPrivate } = options;
  const client = createGuardedRequest({
    allowPrivate,
    privateSetting,
    lookup,
    errors: { refused, unreachable, timedOut },
  });
  return {
    send: (asked) => client.request(asked, (incoming) => readAnswer(incoming, maxAnswerBytes)),
    close: client.close,
  };
}

/** What lets deliveries into private networks. */
export const privateSetting = 'XMTP_DELIVERY_PRIVATE=true';

async function readAnswer(incoming: IncomingMessage, maxBytes: number): Promise<AgentAnswer> {
  const { statusCode: status = 0, headers } = incoming;
  const bytes = await readAtMost(incoming, maxBytes, tooLarge);
  const [type, encoding] = [headers['content-type'], headers['content-encoding']];
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
