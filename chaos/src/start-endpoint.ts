import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** How an agent's endpoint behaves. */
export type Mood = 'well' | 'failing' | 'hanging' | 'dying';

/** An agent's webhook endpoint with moods, seen from outside the servers. */
export interface Endpoint {
  readonly url: string;
  readonly secret: string;
  setMood(mood: Mood): void;
  close(): Promise<void>;
}

/**
 * Receives deliveries, checks their signature as Standard Webhooks demands, and answers as its mood says:
 * 204, 500, nothing at all, or a torn connection. `onDelivery` runs in every mood: the agent has seen the message.
 */
export async function startEndpoint(onDelivery: (delivery: unknown) => void): Promise<Endpoint> {
  const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
  const webhook = new Webhook(secret);
  let mood: Mood = 'well';
  const hanging = new Set<ServerResponse>();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    onDelivery(webhook.verify(Buffer.concat(chunks), request.headers as Record<string, string>));
    if (mood === 'dying') request.socket.destroy();
    else if (mood === 'hanging') hanging.add(response);
    else response.writeHead(mood === 'failing' ? 500 : 204).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    secret,
    setMood(next) {
      mood = next;
      for (const response of hanging) response.destroy();
      hanging.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
