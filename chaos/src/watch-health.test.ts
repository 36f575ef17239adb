import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { watchHealth } from './watch-health.ts';

/** What is said of a server, until something is said or it was asked five times. */
async function watch(listener: RequestListener, limitMs = 60_000): Promise<string[]> {
  const stop = new AbortController();
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (asked === 5) stop.abort();
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close().closeAllConnections());
  const said: string[] = [];
  await watchHealth({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onDeaf: (why) => {
      said.push(why);
      stop.abort();
    },
    signal: stop.signal,
    everyMs: 1,
    limitMs,
  });
  return said;
}

test('who answers is not deaf, nor who hangs up or is on its way out', async () => {
  const leaving: RequestListener = (_, response) => response.writeHead(503).end('{"code":"SHUTTING_DOWN"}');
  expect(await watch(leaving)).toEqual([]);
  expect(await watch((_, response) => response.end())).toEqual([]);
  expect(await watch((request) => request.socket.destroy())).toEqual([]);
});

test('who answers otherwise, or not at all, is', async () => {
  expect(await watch((_, response) => response.writeHead(429).end())).toEqual(['it answered 429']);
  expect(await watch(() => {}, 50)).toEqual(['no answer within 50 ms']);
});
