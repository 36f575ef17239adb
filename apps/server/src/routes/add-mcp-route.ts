import type { OpenAPIHono } from '@hono/zod-openapi';
import type { McpRequestContext } from '@modelcontextprotocol/server';
import { parseJson } from '@xmtp-messaging/errors';
import { describeError, type Logger } from '../log/create-logger.ts';
import type { AskMailbox } from '../mcp/types.ts';
import { lookAtInbox } from '../mcp/look-at-inbox.ts';
import { readMailboxAnswer } from '../mcp/read-mailbox-answer.ts';
import type { AppEnv } from '../http/types.ts';
import type { Services } from './services.ts';

/** Streams of clients that listen for new mail. */
const maxListeners = 64;

/** `/mcp`: the tools of this mailbox over streamable HTTP, behind the same door as every route. */
export function addMcpRoute(app: OpenAPIHono<AppEnv>, services: Services, logger: Logger): void {
  let serving: ReturnType<typeof openMcp> | undefined;
  app.all('/mcp', async (context) => {
    const { raw } = context.req;
    // Read and bounded already; the handler would find the stream empty.
    const body = raw.method === 'POST' ? parseJson(await context.req.text()) : undefined;
    const caller = context.get('caller');
    // With the first request: a start does not wait for what few ask for.
    const { sessions, cancellations, namesIn, handler, isLegacyRequest } = await (serving ??= openMcp(
      app,
      services,
      logger,
    ));
    const whose = caller === undefined || caller.kind === 'local' ? 'local' : caller.key;
    const isLegacy = await isLegacyRequest(raw, body);
    const answer = isLegacy ? await sessions.fetch(raw, { caller: whose, body }) : null;
    if (answer !== null) return answer;
    if (raw.method !== 'POST') return await handler.fetch(raw);
    const session = isLegacy ? raw.headers.get('mcp-session-id') : null;
    const { makes, ends } = namesIn({ caller: whose, session, body });
    if (ends !== null) cancellations.cancel(ends);
    return await cancellations.run({ name: makes }, async (cancelled) => {
      // What listens ends with the server; what is asked is answered before.
      const over = [raw.signal, cancelled, ...(isListening(body) ? [services.runtime.closing] : [])];
      const { url, method, headers } = raw;
      const asked = new Request(url, { method, headers, signal: AbortSignal.any(over) });
      return await handler.fetch(asked, { parsedBody: body });
    });
  });
}

const isListening = (body: unknown) =>
  typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen';

async function openMcp(app: OpenAPIHono<AppEnv>, { runtime, version }: Services, logger: Logger) {
  const [
    { createMcpHandler, isLegacyRequest },
    { createMcpFactory },
    { createMailNews },
    { createListenSessions },
    { createCancellations, namesIn },
  ] = await Promise.all([
    import('@modelcontextprotocol/server'),
    import('../mcp/create-mcp-factory.ts'),
    import('../mcp/create-mail-news.ts'),
    import('../mcp/create-listen-sessions.ts'),
    import('../mcp/create-cancellations.ts'),
  ]);
  const onerror = (error: Error) => logger.debug({ event: 'mcp-refused', ...describeError(error) });
  const news = createMailNews({ look: lookAtInbox(runtime) });
  const askFor = (context: McpRequestContext) => askOwnRoutes(app, context);
  // Of the older protocol only a session can be told anything.
  const newsFor = ({ era }: McpRequestContext) => (era === 'modern' ? news : null);
  const handler = createMcpHandler(createMcpFactory({ version, askFor, newsFor }), {
    bus: {
      publish: () => {},
      subscribe: (listener) => news.subscribe((uri) => listener({ kind: 'resource_updated', uri })),
    },
    maxSubscriptions: maxListeners,
    onerror,
  });
  const openSession = createMcpFactory({ version, askFor, newsFor: () => news });
  const sessions = createListenSessions({
    open: async (requestInfo) => await openSession({ era: 'legacy', requestInfo }),
    max: maxListeners,
    onerror,
  });
  if (runtime.closing.aborted) sessions.close();
  else runtime.closing.addEventListener('abort', () => sessions.close(), { once: true });
  return { sessions, cancellations: createCancellations(), namesIn, handler, isLegacyRequest };
}

/** Asks this server itself, with the token of whoever uses the tools: it decides what they can do. */
function askOwnRoutes(app: OpenAPIHono<AppEnv>, { requestInfo }: McpRequestContext): AskMailbox {
  const authorization = requestInfo?.headers.get('authorization') ?? null;
  return async ({ method, path, body, key, signal, maxFileBytes }) => {
    const response = await app.request(path, {
      method,
      headers: {
        host: 'localhost',
        ...(authorization === null ? {} : { authorization }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    return await readMailboxAnswer(response, { maxFileBytes });
  };
}
