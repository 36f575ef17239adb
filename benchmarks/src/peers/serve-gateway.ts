import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Dm } from '@xmtp/node-sdk';
import { Hono } from 'hono';
import { z } from 'zod';

const sendSchema = z.object({
  to: z.string().regex(/^0x[0-9a-fA-F]{40}$/u),
  message: z.string().min(1).max(1_000_000),
});

/**
 * An HTTP front end as one would write it: each request checked, its conversation asked for, `sendText`. It keeps no key, no
 * record of what was sent, and an answer that is not 200 says nothing about the message. Resolves to its URL.
 */
export async function serveGateway(createDm: (address: string) => Promise<Dm>): Promise<string> {
  const app = new Hono();
  app.post('/xmtp/send', async (context) => {
    const request = sendSchema.safeParse(await context.req.json().catch(() => null));
    if (!request.success) return context.json({ ok: false, error: 'expected {to, message}' }, 400);
    const { to, message } = request.data;
    try {
      const dm = await createDm(to);
      const id = await dm.sendText(message);
      return context.json({ ok: true, id, conversationId: dm.id, to });
    } catch {
      return context.json({ ok: false, error: 'not sent' }, 502);
    }
  });
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
