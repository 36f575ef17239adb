import { isBlockedPort } from '@xmtp-messaging/errors/network';
import { parseJson } from '@xmtp-messaging/errors';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import type { KnownServer } from './types.ts';

/** One request to a server. */
export interface MailboxRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | undefined;
  /** With the query. */
  path: string;
  body?: object | undefined;
  /** `Idempotency-Key`. */
  key?: string | undefined;
  /** @default 70_000 milliseconds: longer than the longest long poll */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Asks one server, and only that one. */
export interface MailboxClient {
  readonly server: KnownServer;
  /** The JSON of the answer, if it is what is expected. @throws CliError NOT_RUNNING, SERVER_REFUSED, ANSWER_INVALID; the reason of the signal */
  ask<Answer extends z.ZodType>(answer: Answer, request: MailboxRequest): Promise<z.output<Answer>>;
  /** The answer, when it is no refusal; its body is not read. @throws CliError NOT_RUNNING, SERVER_REFUSED, ANSWER_INVALID; the reason of the signal */
  open(request: MailboxRequest): Promise<Response>;
}

const problem = z.object({ code: z.string(), detail: z.string(), hint: z.string().optional() }).loose();

export function createMailboxClient(
  server: KnownServer,
  { fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch } = {},
): MailboxClient {
  const headers = {
    // A server that is restarted must not be met on a connection of before.
    connection: 'close',
    ...(server.agent === null ? {} : { 'xmtp-agent': server.agent }),
    ...(server.token === null ? {} : { authorization: `Bearer ${server.token}` }),
  };
  const send = async ({ method = 'GET', path, body, key, timeoutMs = 70_000, signal }: MailboxRequest) => {
    const limit = AbortSignal.timeout(timeoutMs);
    return await fetch(server.url + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    }).catch((cause: unknown) => gone(cause, signal));
  };
  /** A server may go while it answers. */
  const read = async (response: Response, { signal }: MailboxRequest) =>
    parseJson(await response.text().catch((cause: unknown) => gone(cause, signal)));
  const gone = (cause: unknown, signal: AbortSignal | undefined): never => {
    signal?.throwIfAborted();
    throw notRunning(server, cause);
  };
  return {
    server,
    async ask(answer, request) {
      const response = await send(request);
      const json = await read(response, request);
      const parsed = response.ok ? answer.safeParse(json) : null;
      if (parsed?.success === true) return parsed.data;
      throw refused(server, response.status, json);
    },
    async open(request) {
      const response = await send(request);
      if (response.ok) return response;
      throw refused(server, response.status, await read(response, request));
    },
  };
}

function notRunning(server: KnownServer, cause: unknown): CliError {
  const port = Number(new URL(server.url).port);
  return new CliError({
    code: 'NOT_RUNNING',
    shortMessage: `No server of ${server.name} answers at ${server.url}.`,
    metaMessages: isBlockedPort(port)
      ? [`Port ${port} is one that web clients refuse to call. Give the server another.`]
      : undefined,
    cause,
  });
}

function refused(server: KnownServer, status: number, json: unknown): CliError {
  const said = problem.safeParse(json);
  if (!said.success)
    return new CliError({
      code: 'ANSWER_INVALID',
      shortMessage: `What answers at ${server.url} is not a server of XMTP Messaging, or one of another version (status ${status}).`,
    });
  const { code, detail, hint } = said.data;
  return new CliError({
    code: code === 'WRONG_AGENT' ? 'NOT_RUNNING' : 'SERVER_REFUSED',
    shortMessage: detail,
    metaMessages: hint === undefined ? [] : [hint],
    facts: { status, serverCode: code },
  });
}
