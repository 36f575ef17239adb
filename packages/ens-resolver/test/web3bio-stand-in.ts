import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request as the server saw it. */
export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
}

/** Plays api.web3.bio on 127.0.0.1. */
export interface Web3BioStandIn {
  url: string;
  requests: SeenRequest[];
  /** What `GET /ns/{platform}/{handle}` answers; `undefined` plays the service's 404. */
  profiles: Map<string, unknown>;
  /** Takes over the answer to a path when set; falls through on `false`. */
  override: ((request: IncomingMessage, response: ServerResponse) => boolean) | null;
}

/** A profile as the service writes it. */
export function profile(name: string, address: unknown, platform = 'ens'): Record<string, unknown> {
  return {
    address,
    identity: name,
    platform,
    displayName: name,
    avatar: null,
    description: null,
    header: null,
    status: null,
  };
}

/** Starts the stand-in; it stops with the current test. */
export async function startWeb3Bio(): Promise<Web3BioStandIn> {
  const standIn: Web3BioStandIn = { url: '', requests: [], profiles: new Map(), override: null };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    standIn.requests.push({ path, headers: request.headers });
    if (standIn.override?.(request, response) === true) return;
    const key = request.headers['x-api-key'];
    if (key !== undefined && key !== 'Bearer good-key') {
      return json(response, 403, { error: 'Forbidden', message: 'Invalid API token' });
    }
    const [, platform, handle] = /^\/ns\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const found = standIn.profiles.get(`${platform}/${decodeURIComponent(handle ?? '')}`);
    if (found !== undefined) return json(response, 200, found);
    json(response, 404, { identity: handle, path, platform, error: 'Invalid Resolved Address' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  standIn.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return standIn;
}

/** Answers like the service: JSON, cacheable for two hours. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=7200, stale-while-revalidate=86400',
    'x-cache-hit': 'MISS',
    ...headers,
  });
  response.end(JSON.stringify(body));
}
