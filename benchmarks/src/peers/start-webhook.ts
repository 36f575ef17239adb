import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { answerTo } from './payload.ts';

/** An agent behind a webhook, which answers each message in the answer to the request. */
export async function startWebhook(): Promise<{ url: string; close: () => void }> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { data } = (await json(request)) as { data: { text: string | null } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ reply: answerTo((data.text ?? '').slice(-80)) }));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
