import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A request as the agent got it. */
export interface AgentRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the agent answers; `null` closes the connection without an answer. */
export type AgentAnswer = { status?: number; headers?: Record<string, string>; body?: unknown } | null;

/** A real HTTP server that plays the agent. */
export interface AgentServer {
  url: string;
  requests: AgentRequest[];
  close(): Promise<void>;
}

export async function startAgent(
  answer: (request: AgentRequest, count: number) => AgentAnswer | Promise<AgentAnswer>,
  port = 0,
  /** When it closes; `afterAll` for one that several tests share. */
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
): Promise<AgentServer> {
  const requests: AgentRequest[] = [];
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of incoming) body += String(chunk);
    const request = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body };
    requests.push(request);
    const said = await answer(request, requests.length);
    if (said === null) {
      incoming.socket.destroy();
      return;
    }
    const { status = 200, headers = {}, body: content = '' } = said;
    const all = Object.entries({ 'content-type': 'application/json', ...headers });
    // An empty value stands for no header.
    outgoing.writeHead(status, Object.fromEntries(all.filter(([, value]) => value !== '')));
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    outgoing.end(isRaw ? content : JSON.stringify(content));
  };
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  };
  atEnd(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}
