import type { OpenAPIHono } from '@hono/zod-openapi';
import type { McpHttpHandler, McpRequestContext } from '@modelcontextprotocol/server';
import { parseJson } from '@xmtp-messaging/errors';
import { describeError, type Logger } from '../log/create-logger.ts';
import type { AskMailbox } from '../mcp/types.ts';
import type { AppEnv } from '../http/types.ts';

/** What the route needs. */
export interface McpRouteOptions {
  /** Of this server. */
  version: string;
  logger: Logger;
}

/** `/mcp`: the tools of this mailbox over streamable HTTP, behind the same door as every route. */
export function addMcpRoute(app: OpenAPIHono<AppEnv>, { version, logger }: McpRouteOptions): void {
  let handler: Promise<McpHttpHandler> | undefined;
  // With the first request: a start does not wait for what few ask for.
  const openHandler = async () => {
    const [{ createMcpHandler }, { createMcpFactory }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('../mcp/create-mcp-factory.ts'),
    ]);
    return createMcpHandler(createMcpFactory({ version, askFor: (context) => askOwnRoutes(app, context) }), {
      onerror: (error) => logger.debug({ event: 'mcp-refused', ...describeError(error) }),
    });
  };
  app.all('/mcp', async (context) => {
    const isPost = context.req.method === 'POST';
    // Read and bounded already; the handler would find the stream empty.
    const body = isPost ? { parsedBody: parseJson(await context.req.text()) } : undefined;
    handler ??= openHandler();
    return await (await handler).fetch(context.req.raw, body);
  });
}

/** Asks this server itself, with the token of whoever uses the tools: it decides what they can do. */
function askOwnRoutes(app: OpenAPIHono<AppEnv>, { requestInfo }: McpRequestContext): AskMailbox {
  const authorization = requestInfo?.headers.get('authorization') ?? null;
  return async ({ method, path, body, key, signal }) => {
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
    return { status: response.status, body: parseJson(await response.text()) };
  };
}
