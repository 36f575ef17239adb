import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { isBaseError } from '@xmtp-messaging/errors';
import { createAgent } from './create-agent.ts';
import type { Answer } from './outbound/answer-saying.ts';
import { openAgent } from './open-agent.ts';
import type { Saying } from './outbound/prepare-content.ts';
import { startAgent } from './start-agent.ts';

const address = `0x${'aa'.repeat(20)}` as const;
const bob = `0x${'b0'.repeat(20)}` as const;
const data = Buffer.from('hello');
const reference = 'ab'.repeat(32);

/** An agent over a mailbox in memory. */
async function open() {
  const folder = await temporaryDirectory();
  const { running, mailbox, options } = await start(folder, folder);
  onTestFinished(() => running.close({ timeoutMs: 0 }));
  await running.ready();
  return { mailbox, agent: createAgent(running, options) };
}

/** One that opens as a library does: what somebody must mend is thrown. */
async function start(folder: string, homeRoot: string) {
  await writeFile(join(folder, 'hosts.yaml'), `bob.eth: "${bob}"\n`);
  const mailbox = await createTestMailbox({ address, sender: bob });
  const options = {
    wallet: 'agent',
    network: { env: 'local' as const },
    homeRoot,
    names: { hostsFile: join(folder, 'hosts.yaml') },
  };
  const running = startAgent({
    ...options,
    signer: {
      type: 'EOA',
      address,
      getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
      signMessage: () => Promise.reject(new Error('nothing to sign')),
    },
    openMailbox: () => Promise.resolve(mailbox),
    waitsForMending: false,
  });
  return { running, mailbox, options };
}

test.each([
  ['hosts.yaml', 'NOT_A_FOLDER'],
  ['link/home', 'PATH_MISSING'],
])('a home that only somebody can mend, %s, is told at once', async (name, code) => {
  const folder = await temporaryDirectory();
  await symlink(join(folder, 'no disk'), join(folder, 'link'));
  const { running } = await start(folder, join(folder, name));
  await expect(running.ready()).rejects.toMatchObject({ code });
  await running.close({ timeoutMs: 0 });
});

const sayings: [string, string | Saying][] = [
  ['text', 'hi'],
  ['text', { text: 'hi' }],
  ['markdown', { text: '# hi', contentType: 'markdown' }],
  ['reaction', { contentType: 'reaction', content: { reference, content: '👍' } }],
  ['attachment', { attachment: { filename: 'a.txt', mimeType: 'text/plain', data } }],
  ['attachment', { attachment: { mimeType: 'text/plain', data: data.toString('base64') } }],
  ['poll', { contentType: 'example.org/poll:1.0', content: { fallback: 'a poll' } }],
];

test('whatever can be said is sent to a name, into a conversation and as an answer, each once', async () => {
  const { agent, mailbox } = await open();
  for (const [index, [, said]] of sayings.entries()) {
    const options = { idempotencyKey: `key-${index}` };
    expect(await agent.send('bob.eth', said, options)).toMatchObject({ to: { name: 'bob.eth' }, replayed: false });
    expect(await agent.send('bob.eth', said, options)).toMatchObject({ replayed: true });
  }
  const { conversationId } = await mailbox.receive();
  await agent.conversations.send(conversationId, { attachment: { mimeType: 'text/plain', data } });
  const types = sayings.map(([type]) => type);
  expect(mailbox.taken.map(({ contentType }) => contentType)).toEqual([...types, 'attachment']);
  const answers: Answer[] = [{ reaction: '👀' }, ...sayings.slice(1).map(([, said]) => said)];
  const delivery = agent.onMessage(async (_, { reply }) => {
    for (const answer of answers) await reply(answer);
  });
  await expect.poll(() => mailbox.taken.length).toBe(sayings.length + 1 + answers.length);
  await expect.poll(() => agent.status().inbox.delivered).toBe(1);
  expect(mailbox.taken.slice(-answers.length).map(({ contentType }) => contentType)).toEqual([
    'reaction',
    ...types.slice(1),
  ]);
  const { messages } = await agent.conversations.messages(conversationId, { limit: 1 });
  expect(messages).toMatchObject([{ direction: 'out', type: 'example.org/poll:1.0', fallback: 'a poll' }]);
  expect(await agent.conversations.sent({ order: 'desc', limit: 1 })).toEqual(messages);
  await delivery.stop({ timeoutMs: 0 });
});

test('what cannot be meant is refused, and a file that needs a place says so', async () => {
  const { agent, mailbox } = await open();
  const file = { mimeType: 'text/plain', data };
  for (const [said, code] of [
    [{}, 'INVALID_REQUEST'],
    [{ contentType: 'actions', content: {} }, 'INVALID_REQUEST'],
    [{ text: 'a', attachment: file }, 'INVALID_REQUEST'],
    [{ attachment: file, contentType: 'attachment' }, 'INVALID_REQUEST'],
    [{ remoteAttachment: file }, 'UPLOAD_NOT_CONFIGURED'],
  ] as const)
    await expect(agent.send('bob.eth', said)).rejects.toMatchObject({ code });
  expect(mailbox.taken).toEqual([]);
});

test('an option that cannot be meant is no option: it is named before anything is touched', async () => {
  const options = { wallet: 'a', network: { env: 'local' } };
  for (const [wrong, key] of [
    [undefined, 'options'],
    [{ ...options, wallet: undefined }, 'wallet'],
    [{ ...options, wallet: { home: '/h' } }, 'wallet'],
    [{ ...options, network: undefined }, 'network'],
    [{ ...options, network: { env: 'prod' } }, 'network.env'],
    [{ ...options, homeRoot: 'here' }, 'homeRoot'],
    [{ ...options, homeRoot: '' }, 'homeRoot'],
    [{ ...options, mode: 'opne' }, 'mode'],
    [{ ...options, groups: 'of' }, 'groups'],
    [{ ...options, boundaryMode: 'x' }, 'boundaryMode'],
    [{ ...options, hears: ['txt'] }, 'hears.0'],
    [{ ...options, repliesPerWindow: NaN }, 'repliesPerWindow'],
    [{ ...options, openTimeoutMs: -1 }, 'openTimeoutMs'],
    [{ ...options, attachments: { fetch: 'always' } }, 'attachments.fetch'],
  ] as const) {
    const refused = await openAgent(wrong as never).catch((error: unknown) => error);
    expect([key, refused]).toMatchObject([key, { code: 'INVALID_OPTION' }]);
    expect((refused as Error).message).toContain(`\n${key}: `);
  }
});

test('whatever is asked of an agent is answered or refused with a code', async () => {
  const { agent } = await open();
  const noMethods = new Set(['close', 'status', 'view', 'prompt']);
  const calls = Object.entries({ ...agent, ...agent.groups, ...agent.conversations })
    .filter(([name, method]) => typeof method === 'function' && !noMethods.has(name))
    .map(([name, method]) => [name, method as (...args: unknown[]) => unknown] as const);
  const send = async (...[said, idempotencyKey]: unknown[]) =>
    await agent.send('bob.eth', said as string, { idempotencyKey } as object);
  const sendFile = async (file: unknown) => await agent.send('bob.eth', { attachment: file as never });
  calls.push(['words', send], ['file', sendFile], ['data', (data) => sendFile({ mimeType: 'a/b', data })]);
  const cases = [
    undefined,
    null,
    '',
    'zz',
    'ab'.repeat(16),
    5,
    -4.6e287,
    {},
    [],
    ['bob.eth'],
    new Date(0),
    Symbol('s'),
    { members: {} },
    { seal: {} },
  ];
  const untyped: string[] = [];
  for (const [name, call] of calls)
    for (const value of cases)
      for (const second of [undefined, value])
        await (async () => call(value, second))().catch((error: Error) => {
          if (!isBaseError(error)) untyped.push(`${name}(${inspect(value)}, ${inspect(second)}): ${error.stack}`);
        });
  expect(untyped).toEqual([]);
});

test('closing lets calls under way finish, refuses what comes after them, and `await using` does it', async () => {
  const { agent, mailbox } = await open();
  const under = [agent.send('bob.eth', 'before'), agent.allow('bob.eth'), agent.conversations.list()];
  {
    await using closing = agent;
    expect(closing.status().state).toBe('connected');
  }
  expect((await Promise.allSettled(under)).map(({ status }) => status)).toEqual(under.map(() => 'fulfilled'));
  expect(mailbox.taken).toMatchObject([{ text: 'before' }]);
  const late = [
    () => agent.send('bob.eth', 'x'),
    () => agent.message('ab'),
    () => agent.allow('bob.eth'),
    () => agent.groups.get('ab'),
  ];
  const gone = { code: 'SHUTTING_DOWN', message: expect.not.stringContaining('server') };
  for (const call of late) await expect(call()).rejects.toMatchObject(gone);
  expect(() => agent.onMessage(() => undefined)).toThrow(expect.objectContaining({ code: 'SHUTTING_DOWN' }));
  await expect(mailbox.inbox.get('ab')).rejects.toMatchObject({ code: 'CLOSED' });
});

test('a call that does not end in time is told so, and holds up nothing', async () => {
  const { agent, mailbox } = await open();
  mailbox.breakNetwork('all');
  const sending = agent.send('bob.eth', 'x').catch((error: unknown) => error);
  await agent.close({ timeoutMs: 0 });
  expect(await sending).toSatisfy(isBaseError);
});

test('a handler may end with its answer, which is nothing of the message', async () => {
  const { agent, mailbox } = await open();
  agent.onMessage((message, { reply }) => reply(`got ${message.id.length}`));
  await mailbox.receive({ text: 'hi' });
  await waitFor(() => agent.status().inbox.delivered === 1);
  expect(mailbox.taken).toMatchObject([{ text: 'got 64' }]);
});

test('an agent whose deliveries cannot be ended lets its mailbox go all the same, and tells why', async () => {
  const { mailbox, agent } = await open();
  const deliver = mailbox.inbox.deliver.bind(mailbox.inbox);
  mailbox.inbox.deliver = (...asked) => ({
    ...deliver(...asked),
    stop: () => Promise.reject(new Error('the disk is full')),
  });
  agent.onMessage(() => {});
  await expect(agent.close()).rejects.toThrow('the disk is full');
  await expect(mailbox.send({ to: { address: bob }, text: 'hi' })).rejects.toMatchObject({ code: 'CLOSED' });
});
