import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openHttpConnection } from './http-connection.ts';

/** A real server that answers each request with what it got. */
async function setUp(answer: (text: string) => { status: number; text: string; chunked?: boolean }) {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const { status, text: body, chunked = false } = answer(text);
      response.writeHead(status, chunked ? {} : { 'content-length': Buffer.byteLength(body) });
      response.write(body.slice(0, 3));
      setImmediate(() => response.end(body.slice(3)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const connection = await openHttpConnection(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => {
    connection.close();
    server.closeAllConnections();
    server.close();
  });
  return { connection, server };
}

test('one request after the other on one connection, answers in pieces and in UTF-8', async () => {
  const { connection } = await setUp((text) => ({ status: text === '"no"' ? 404 : 200, text: `got ${text}` }));
  expect(await connection.post('/', '"héllo 👻"')).toEqual({ status: 200, text: 'got "héllo 👻"' });
  expect(await connection.post('/', '"no"')).toEqual({ status: 404, text: 'got "no"' });
  expect(connection.isOpen()).toBe(true);
});

test('a server that hangs up, or does not say how long its answer is, ends the call', async () => {
  const chunked = await setUp((text) => ({ status: 200, text, chunked: true }));
  await expect(chunked.connection.post('/', '"long enough"')).rejects.toThrow('without a length');
  const { connection, server } = await setUp((text) => {
    server.closeAllConnections();
    return { status: 200, text };
  });
  await expect(connection.post('/', '1')).rejects.toThrow('closed');
  expect(connection.isOpen()).toBe(false);
});
