import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { run } from '../../test/run.ts';
import { createMailboxClient } from './create-mailbox-client.ts';
import { createPageWaiter } from './create-page-waiter.ts';

/** Every command that asks a server. */
const commands = [
  ['send', '0x1', 'hi'],
  ['reply', 'ab', 'hi'],
  ['inbox'],
  ['inbox', '--follow'],
  ['wait'],
  ['read', 'ab', '--ack'],
  ['conversations'],
  ['conversations', 'ab'],
  ['allow', '0x1'],
  ['allow', '--group', 'ab'],
  ['deny', '0x1'],
  ['list'],
  ['list', 'group'],
  ['knocks'],
  ['dead'],
  ['replay', '--all'],
  ['open'],
  ['backup', '--to', 'there', '--recipient', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'],
];

async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const json = { 'content-type': 'application/json' };
const strange: Record<string, RequestListener> = {
  'an empty object': (_request, response) => void response.writeHead(200, json).end('{}'),
  'lists of something else': (_request, response) =>
    void response
      .writeHead(200, json)
      .end(
        '{"messages":[{}],"cursor":"x","more":1,"knocks":[{}],"entries":[null],"conversations":[1],"id":7,"path":1}',
      ),
  null: (_request, response) => void response.writeHead(200, json).end('null'),
  'a page for people': (_request, response) => void response.writeHead(200).end('<html>'),
  'a refusal of another kind': (_request, response) => void response.writeHead(418, json).end('{"error":"no"}'),
  'half an answer': (_request, response) => {
    response.writeHead(200, { ...json, 'content-length': '100' }).write('{"mess');
    response.socket?.destroy();
  },
};

test.each(Object.keys(strange))('no command falls over %s, nor takes it for an answer', async (kind) => {
  const url = await startServer(strange[kind]!);
  const cwd = await temporaryDirectory();
  for (const args of commands) {
    const { code, json: said } = await run([...args, '--url', url, '--json'], { cwd, env: { HOME: cwd } });
    const { error } = said() as { error: { code: string } };
    expect([args[0], code, error.code]).toEqual(
      kind === 'half an answer' ? [args[0], 3, 'NOT_RUNNING'] : [args[0], 1, 'ANSWER_INVALID'],
    );
  }
});

test('what the system says of a file is told, and a fault of the program is no stack', async () => {
  const cwd = await temporaryDirectory();
  const at = { cwd, env: { HOME: cwd } };
  const missing = await run(['send', '--url', 'http://127.0.0.1:1', '--file', 'not-there', '0x1'], at);
  expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('not-there')]);
  const { code, json: said } = await run(['send', '--url', 'http://127.0.0.1:1', '--file', '.', '0x1', '--json'], at);
  expect([code, said()]).toMatchObject([1, { error: { code: 'NOT_A_FOLDER' } }]);
});

test('who waits goes on when the server is back, and is told once that it is away', async () => {
  const answers = [200, 503, null, 200];
  const url = await startServer((_request, response) => {
    const status = answers.length > 0 ? answers.shift() : 500;
    if (status === 200) response.writeHead(200, json).end('{"messages":[],"cursor":1,"more":false}');
    else if (status === 503) response.writeHead(503, json).end('{"code":"NOT_CONNECTED","detail":"Not yet."}');
    else if (status === 500) response.writeHead(500).end();
    else response.destroy();
  });
  let away = 0;
  const client = createMailboxClient({ name: 'ana', url, agent: null, address: null, token: null });
  const { signal } = new AbortController();
  const next = createPageWaiter({ client, signal, onAway: () => (away += 1), baseMs: 1 });
  const page = { after: 0, more: '', seconds: 0 };
  expect(await next(page)).toMatchObject({ cursor: 1 });
  expect(await next(page)).toMatchObject({ cursor: 1 });
  expect([answers, away]).toEqual([[], 1]);
  // What does not pass is an end.
  await expect(next(page)).rejects.toMatchObject({ code: 'ANSWER_INVALID' });
});

test('the first question is not held, so that a server that goes during the next is known to have been there', async () => {
  const asked: (string | undefined)[] = [];
  const url = await startServer((request, response) => {
    asked.push(request.url);
    if (asked.length === 2) response.destroy();
    else response.writeHead(200, json).end('{"messages":[],"cursor":1,"more":false}');
  });
  const client = createMailboxClient({ name: 'ana', url, agent: null, address: null, token: null });
  const { signal } = new AbortController();
  const next = createPageWaiter({ client, signal, onAway: () => {}, baseMs: 1 });
  for (const _turn of [1, 2]) await next({ after: 7, more: '&state=pending', seconds: 30 });
  const held = '/xmtp/messages?after=7&wait=30&state=pending';
  expect(asked).toEqual(['/xmtp/messages?after=7&state=pending', held, held]);
});

test('a server that never was there is no server to wait for', async () => {
  const client = createMailboxClient({
    name: 'ana',
    url: 'http://127.0.0.1:1',
    agent: null,
    address: null,
    token: null,
  });
  const next = createPageWaiter({ client, signal: new AbortController().signal, onAway: () => {} });
  await expect(next({ after: 0, more: '', seconds: 0 })).rejects.toMatchObject({ code: 'NOT_RUNNING' });
});

test('a wait of many days is not over at once', async () => {
  let asked = 0;
  const message = { id: 'ab', from: { address: null }, contentType: 'text', sentAt: 'now', text: 'x' };
  const url = await startServer((_request, response) => {
    asked += 1;
    const messages = asked < 3 ? [] : [message];
    response.writeHead(200, json).end(JSON.stringify({ messages, cursor: 1, more: false }));
  });
  const cwd = await temporaryDirectory();
  const ended = await run(['wait', '--timeout', '999999999', '--url', url], { cwd, env: { HOME: cwd } });
  expect([ended.code, asked]).toEqual([0, 3]);
});
