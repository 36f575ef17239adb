import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A local stand-in for the one web3.bio route that the resolver asks: `GET /ns/ens/{name}`. */
export async function startWeb3Bio(
  names: ReadonlyMap<string, string>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const identity = decodeURIComponent(/^\/ns\/ens\/([^/]+)$/.exec(path)?.[1] ?? '');
    const address = names.get(identity)?.toLowerCase();
    response.writeHead(address === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        address === undefined
          ? { address: null, identity, path, platform: 'ens', error: 'Invalid Resolved Address' }
          : {
              address,
              identity,
              platform: 'ens',
              displayName: identity,
              avatar: null,
              description: null,
              header: null,
            },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
