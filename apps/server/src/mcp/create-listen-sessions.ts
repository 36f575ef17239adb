import { randomUUID } from 'node:crypto';
import { type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { followBody } from './follow-body.ts';

/** What sessions are made of. */
export interface ListenSessionsOptions {
  /** A server for one of them, which can tell what changes. */
  open: (request: Request) => Promise<McpServer>;
  /** Told of what goes wrong outside of an answer. */
  onerror: (error: Error) => void;
  /** Sessions at once. @default 64 */
  max?: number | undefined;
}

/** Sessions of the protocol up to 2025-11-25. */
export interface ListenSessions {
  /**
   * Answers what is a matter of a session: opening and ending one, its stream, and what it subscribes to. Anything else
   * needs none: `null`.
   * @param asked.caller Whose session it is: nobody else can use it
   */
  fetch(request: Request, asked: { caller: string; body: unknown }): Promise<Response | null>;
  close(): void;
}

interface Session {
  caller: string;
  transport: WebStandardStreamableHTTPServerTransport;
  server: McpServer;
  isListening: boolean;
}

const ofSession = new Set<unknown>(['resources/subscribe', 'resources/unsubscribe']);

/**
 * A session does nothing but hold a stream over which its client hears of new mail. Tools are served without one, so that
 * a restart, which ends all sessions, is no event for a client that does not listen.
 */
export function createListenSessions({ open, onerror, max = 64 }: ListenSessionsOptions): ListenSessions {
  // The least recently used first.
  const sessions = new Map<string, Session>();

  const end = (id: string) => {
    const session = sessions.get(id);
    sessions.delete(id);
    void session?.server.close().catch(onerror);
  };

  const start = async (request: Request, caller: string, body: unknown): Promise<Response | null> => {
    if (sessions.size >= max) {
      const idle = [...sessions].find(([, { isListening }]) => !isListening);
      // Whoever listens is not cut off for somebody who has not begun to.
      if (idle === undefined) return null;
      end(idle[0]);
    }
    const server = await open(request);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void sessions.set(id, { caller, transport, server, isListening: false }),
      onsessionclosed: end,
    });
    await server.connect(transport);
    const response = await transport.handleRequest(request, { parsedBody: body });
    if (transport.sessionId === undefined) await server.close();
    return response;
  };

  const listen = async (session: Session, request: Request): Promise<Response> => {
    const response = await session.transport.handleRequest(request);
    if (response.status !== 200 || response.body === null) return response;
    session.isListening = true;
    return followBody(response, () => {
      session.isListening = false;
    });
  };

  return {
    async fetch(request, { caller, body }) {
      const { method } = request;
      const called = typeof body === 'object' && body !== null && 'method' in body ? body.method : undefined;
      const id = request.headers.get('mcp-session-id');
      if (method === 'POST' && id === null && called === 'initialize') return await start(request, caller, body);
      if (id === null || (method === 'POST' && !ofSession.has(called))) return null;
      const session = sessions.get(id);
      if (session === undefined || session.caller !== caller) return noSession();
      sessions.delete(id);
      sessions.set(id, session);
      if (method === 'GET') return await listen(session, request);
      return await session.transport.handleRequest(request, method === 'POST' ? { parsedBody: body } : {});
    },
    close() {
      for (const id of sessions.keys()) end(id);
    },
  };
}

/** As the transport says it. */
const noSession = () =>
  Response.json({ jsonrpc: '2.0', error: { code: -32_001, message: 'Session not found' }, id: null }, { status: 404 });
