import { once } from 'node:events';
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { createUnaryClient } from './create-unary-client.ts';
import { encodeFrame } from './wire.ts';

/** A node that answers each question with a byte, or with nothing while it is silent. */
async function startNode() {
  const control = { isSilent: false };
  const sessions: ServerHttp2Session[] = [];
  const server: Http2Server = createServer();
  server.on('session', (session) => sessions.push(session));
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    if (control.isSilent) return;
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(encodeFrame(Buffer.from([7])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = createUnaryClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    client.close();
    for (const session of sessions) session.destroy();
    server.close();
    await once(server, 'close');
  });
  return { client, control, sessions, server };
}

test('a connection keeps none of the answers that it brought', async () => {
  const { client, sessions } = await startNode();
  const ask = async () => new WeakRef(await client.ask('/a.B/C', Buffer.alloc(0)));
  const answers: WeakRef<Buffer>[] = [];
  while (answers.length < 10) answers.push(await ask());
  await nextTurn();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  expect(answers.filter((answer) => answer.deref() !== undefined)).toEqual([]);
  expect(sessions).toHaveLength(1);
});

test('questions end with their connection, and the next one makes another', async () => {
  const { client, control, sessions, server } = await startNode();
  control.isSilent = true;
  const arrived = once(server, 'stream');
  const asked = client.ask('/a.B/C', Buffer.alloc(0));
  await arrived;
  sessions[0]!.destroy();
  await expect(asked).rejects.toThrow(/gave no answer|connection was closed/);
  control.isSilent = false;
  await expect(client.ask('/a.B/C', Buffer.alloc(0))).resolves.toEqual(Buffer.from([7]));
  expect(sessions).toHaveLength(2);
});
