import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createAgent } from './create-agent.ts';
import type { Answer } from './outbound/answer-saying.ts';
import type { Saying } from './outbound/prepare-content.ts';
import { startAgent } from './start-agent.ts';

const address = `0x${'aa'.repeat(20)}` as const;
const bob = `0x${'b0'.repeat(20)}` as const;
const data = Buffer.from('hello');
const reference = 'ab'.repeat(32);

/** An agent over a mailbox in memory. */
async function open() {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'hosts.yaml'), `bob.eth: "${bob}"\n`);
  const mailbox = await createTestMailbox({ address, sender: bob });
  const options = {
    wallet: 'agent',
    network: { env: 'local' as const },
    homeRoot: folder,
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
  });
  onTestFinished(() => running.close({ timeoutMs: 0 }));
  await running.ready();
  return { mailbox, agent: createAgent(running, options) };
}

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
