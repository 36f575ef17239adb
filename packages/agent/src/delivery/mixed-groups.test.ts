import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import type { AgentOptions } from '../agent-options.ts';
import { createAgent } from '../create-agent.ts';
import { startAgent } from '../start-agent.ts';

const self = '0x00000000000000000000000000000000000000aa';
const alice = '0x00000000000000000000000000000000000a11ce';
const carol = '0x0000000000000000000000000000000000000ca0';
const mallory = '0x0000000000000000000000000000000000000bad';
const signer = {
  type: 'EOA' as const,
  address: self,
  getIdentifier: () => ({ identifier: self, identifierKind: 0 }),
  signMessage: () => Promise.reject(new Error('nothing to sign')),
} as const;

/** An agent that answers everything; Alice and Carol are listed. */
async function openAnswering(more: Partial<AgentOptions> = {}) {
  const mailbox = await createTestMailbox({
    address: self,
    sender: alice,
    // The others only read along.
    admit: ({ senderAddresses }) =>
      senderAddresses.includes(alice) ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'not-listed' },
  });
  const logged: object[] = [];
  const counted: string[] = [];
  const log = (fields: object) => void logged.push(fields);
  const options: AgentOptions = {
    wallet: 'agent',
    network: { env: 'local' },
    homeRoot: await temporaryDirectory(),
    names: { idCliCommand: ['/nonexistent/id-cli'], web3BioUrl: 'http://127.0.0.1:9' },
    logger: { info: log, warn: log, error: log, debug: log },
    metrics: { accepted: () => {}, dropped: () => {}, finding: () => {}, reply: (result) => counted.push(result) },
    ...more,
  };
  const running = startAgent({ ...options, signer, openMailbox: () => Promise.resolve(mailbox) });
  onTestFinished(() => running.close({ timeoutMs: 100 }));
  await running.ready();
  const agent = createAgent(running, options);
  for (const listed of [alice, carol]) await agent.allow(listed);
  let asked = 0;
  const delivery = agent.onMessage(
    async (_, { reply }) => {
      asked += 1;
      await reply(`private answer ${asked}`);
    },
    { retryBaseMs: 1, maxAttempts: 3 },
  );
  /** What was said to the message, once it is settled. */
  const ask = async (group?: string) => {
    const before = mailbox.sends.length;
    const { messageId } = await mailbox.receive(group === undefined ? {} : { group });
    await waitFor(async () => (await mailbox.inbox.get(messageId))!.state !== 'pending');
    return { state: (await mailbox.inbox.get(messageId))!.state, answers: mailbox.sends.length - before };
  };
  return { agent, mailbox, delivery, ask, logged, counted };
}

const answered = { state: 'delivered', answers: 1 };
const held = { state: 'delivered', answers: 0 };

test('no automatic answer goes where somebody reads along who may not be heard; the message is delivered', async () => {
  const { mailbox, delivery, ask, logged, counted } = await openAnswering();
  await mailbox.post({ group: 'mixed', from: mallory });
  expect(await ask('mixed')).toEqual(held);
  expect(counted).toEqual(['mixed-group']);
  const told = logged.filter((fields) => 'event' in fields && fields.event === 'reply-held-back');
  expect(told).toEqual([
    {
      event: 'reply-held-back',
      messageId: expect.any(String),
      conversationId: expect.any(String),
      reason: 'mixed-group',
    },
  ]);
  expect(JSON.stringify(logged)).not.toContain('private answer');
  expect(delivery.status()).toMatchObject({ heldBack: 0, mixedGroups: { heldBack: 1, lastAt: expect.any(Number) } });
});

test('the members of the moment count, however many there are, and so do the lists', async () => {
  const { agent, mailbox, ask } = await openAnswering();
  await mailbox.post({ group: 'friends', from: carol });
  expect(await ask('friends')).toEqual(answered);
  await mailbox.post({ group: 'friends', from: mallory });
  expect(await ask('friends')).toEqual(held);
  await agent.allow(mallory);
  expect(await ask('friends')).toEqual(answered);
  // A denied address makes the whole inbox one that is not heard.
  await mailbox.post({ group: 'friends', from: [carol, `0x${'5'.repeat(40)}`] });
  await agent.deny(`0x${'5'.repeat(40)}`);
  expect(await ask('friends')).toEqual(held);
});

test('a stranger among many is seen', async () => {
  const { agent, mailbox, ask } = await openAnswering();
  const crowd = Array.from({ length: 60 }, (_, index) => `0x${String(1000 + index).padStart(40, '0')}` as const);
  const lines = [alice, ...crowd].map((address) => `- address: "${address}"\n`);
  await writeFile(join(agent.status().home, 'allowlist.yaml'), lines.join(''), { mode: 0o600 });
  await waitFor(() => agent.allowlist.status().count === 61);
  for (const from of crowd) await mailbox.post({ group: 'crowd', from });
  expect(await ask('crowd')).toEqual(answered);
  await mailbox.post({ group: 'crowd', from: mallory });
  expect(await ask('crowd')).toEqual(held);
});

test('while a list cannot be read nothing is answered into a group, and nothing is lost', async () => {
  const { agent, mailbox, delivery, ask } = await openAnswering();
  await mailbox.post({ group: 'mixed', from: carol });
  const path = join(agent.status().home, 'allowlist.yaml');
  await writeFile(path, '{ not yaml', { mode: 0o600 });
  await waitFor(() => agent.allowlist.status().state === 'unreadable');
  const { state, answers } = await ask('mixed');
  expect({ state, answers }).toEqual({ state: 'dead', answers: 0 });
  expect(delivery.status().mixedGroups.heldBack).toBe(0);
});

test('direct messages are answered as ever', async () => {
  const { ask } = await openAnswering();
  expect(await ask()).toEqual(answered);
});

test('an answer that was asked for goes out, and with answersInMixedGroups all do', async () => {
  const quiet = await openAnswering();
  await quiet.mailbox.post({ group: 'mixed', from: mallory });
  expect(await quiet.ask('mixed')).toEqual(held);
  const [{ conversationId } = {}] = await quiet.mailbox.inbox.list();
  await quiet.agent.conversations.send(conversationId!, { text: 'For all of you' });
  expect(quiet.mailbox.sends).toHaveLength(1);
  const open = await openAnswering({ answersInMixedGroups: true });
  await open.mailbox.post({ group: 'mixed', from: mallory });
  expect(await open.ask('mixed')).toEqual(answered);
});
