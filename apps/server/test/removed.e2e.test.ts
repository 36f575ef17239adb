import { networkAt, waitFor } from '@xmtp-messaging/testing';
import { openMailbox } from '@xmtp-messaging/xmtp-core';
import { join } from 'node:path';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from './agent-server.ts';
import { connected, createStage, type Page, request, operate, startServer } from './harness.ts';

test('who was removed from a group is told so, and its agent is not asked again for an answer', async () => {
  const stage = await createStage(['alice']);
  onTestFinished(() => stage.close());
  const account = privateKeyToAccount(generatePrivateKey());
  const owner = await openMailbox({
    signer: {
      type: 'EOA',
      getIdentifier: () => ({ identifier: account.address.toLowerCase(), identifierKind: 0 }),
      signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
    },
    home: join(stage.root, 'owner'),
    network: networkAt(stage.devnet.url),
    admit: () => ({ admit: false, reason: 'deaf' }),
  });
  onTestFinished(() => owner.close());
  const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')}`;
  let remove = async () => undefined as unknown;
  const agent = await startAgent(async () => {
    await remove();
    return { body: { reply: 'too late' } };
  });
  const alice = await startServer(
    stage.config('alice', {
      delivery: { target: { kind: 'webhook', url: agent.url, secrets: [secret] }, retryBaseMs: 20 },
    }),
  );
  onTestFinished(() => alice.close());
  await connected(alice.url);
  await operate(alice.url, 'POST', '/xmtp/allowlist', { address: account.address });
  const { body } = await request(alice.url, 'GET', '/xmtp/status');
  const inboxId = String(body['inboxId']);
  const group = await owner.client.conversations.createGroup([inboxId]);
  remove = () => group.removeMembers([inboxId]);
  await group.sendText('hello');
  // What changed in the group is listed as well.
  const last = async () =>
    (await request<Page>(alice.url, 'GET', '/xmtp/messages')).body.messages.find(({ type }) => type === 'text');
  await waitFor(async () => (await last())?.state === 'dead');
  expect(agent.requests).toHaveLength(1);
  const message = (await last())!;
  const reply = await request(alice.url, 'POST', `/xmtp/messages/${message.id}/reply`, { message: 'still here?' });
  expect(reply).toMatchObject({ status: 409, body: { ok: false, code: 'NOT_A_MEMBER' } });
  const status = await request(alice.url, 'GET', '/xmtp/status');
  expect(status.body['outbox']).toMatchObject({ queued: 0, unsettled: 0 });
});
