import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Problem } from './problem.ts';
import { readBody } from './read-body.ts';
import type { AppEnv } from './types.ts';

function createEcho(maxBytes: number) {
  const app = new Hono<AppEnv>();
  app.use(readBody(() => maxBytes));
  return app.post('/', async (context) => context.text(await context.req.text()));
}

/** A request as node:http hands it over, with `chunks` still to be read. */
function createIncoming(chunks: readonly Uint8Array[]): IncomingMessage {
  const incoming = new IncomingMessage(new Socket());
  for (const chunk of chunks) incoming.push(chunk);
  incoming.push(null);
  return incoming;
}

test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => [Uint8Array<ArrayBuffer> | null, AppEnv['Bindings']]]>([
  ['from a socket', (bytes) => [null, { incoming: createIncoming([bytes.subarray(0, 2), bytes.subarray(2)]) }]],
  ['from a stream', (bytes) => [bytes, {}]],
])('a body %s is read up to the limit, as strict UTF-8', async (_, deliver) => {
  const send = async (bytes: Uint8Array<ArrayBuffer>) => {
    const [body, bindings] = deliver(bytes);
    const answer = await createEcho(8).request('/', { method: 'POST', body }, bindings);
    const text = await answer.text();
    return [answer.status, answer.status === 200 ? text : (JSON.parse(text) as Problem).code];
  };
  expect(await send(new TextEncoder().encode('e\u0301\u{1F642}'))).toEqual([200, 'e\u0301\u{1F642}']);
  expect(await send(new TextEncoder().encode('123456789'))).toEqual([413, 'BODY_TOO_LARGE']);
  expect(await send(Uint8Array.of(0x22, 0x80, 0x22))).toEqual([400, 'BAD_JSON']);
});

test('a caller who was gone before anybody listened is not waited for', async () => {
  const incoming = new IncomingMessage(new Socket());
  incoming.destroy();
  await new Promise((resolve) => incoming.once('close', resolve));
  const answer = await createEcho(8).request('/', { method: 'POST' }, { incoming });
  expect(answer.status).toBe(499);
});
