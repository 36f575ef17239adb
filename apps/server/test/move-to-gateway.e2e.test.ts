import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { moveToGateway, openMailbox } from '@xmtp-messaging/xmtp-core';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, onTestFinished, test } from 'vitest';
import { version } from '../src/version.ts';
import { connected, createStage, type Page, request, spawnServer, startProcess } from './harness.ts';

/** Somebody with a mailbox that hears everybody, on this network. */
async function createBob(root: string) {
  const account = privateKeyToAccount(generatePrivateKey());
  const home = join(root, 'bob');
  const open = async (network: Parameters<typeof openMailbox>[0]['network']) => {
    const mailbox = await openMailbox({
      signer: {
        type: 'EOA',
        getIdentifier: () => ({ identifier: account.address.toLowerCase(), identifierKind: 0 }),
        signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
      },
      home,
      network,
      admit: () => ({ admit: true, sender: 'allowlisted' }),
    });
    onTestFinished(() => mailbox.close({ timeoutMs: 500 }));
    return mailbox;
  };
  return { home, address: account.address, open };
}

test('a server whose network retired goes on behind the gateway by one command, killed on the way, with all it had', async () => {
  const stage = await createStage(['alice'], { protocol: 'both' });
  onTestFinished(() => stage.close());
  const { devnet } = stage;
  const v3 = { env: 'local', apiUrl: devnet.url } as const;
  const behind = { ...v3, gatewayHost: devnet.gatewayUrl! };
  const { XMTP_GATEWAY_HOST: _gateway, XMTP_OPERATOR_TOKEN: _token, ...settings } = stage.env('alice');
  const moved = { ...settings, XMTP_GATEWAY_HOST: behind.gatewayHost };
  const home = join(stage.root, 'xmtp', stage.wallets['alice']!.toLowerCase());
  const keep = ['operator.token', 'boundary.key', 'encryption.key', 'wallet.json', 'allowlist.yaml'];
  const files = async () => await Promise.all(keep.map((name) => readFile(join(home, name), 'utf8')));
  const bob = await createBob(stage.root);
  let his = await bob.open(v3);

  const before = await startProcess(settings);
  await connected(before.url);
  const token = (await readFile(join(home, 'operator.token'), 'utf8')).trim();
  const ask = <Body = Record<string, unknown>>(url: string, method: string, path: string, body?: unknown) =>
    request<Body>(url, method, path, body, { authorization: `Bearer ${token}` });
  await ask(before.url, 'POST', '/xmtp/allowlist', { address: bob.address });
  const to = { address: stage.wallets['alice']! };
  const [first, second] = [await his.send({ to, text: 'read' }), await his.send({ to, text: 'not read' })];
  await waitFor(async () => (await ask<Page>(before.url, 'GET', '/xmtp/messages')).body.messages.length === 2, {
    what: 'both messages',
  });
  await ask(before.url, 'POST', `/xmtp/messages/${first.messageId}/ack`);
  const { inboxId, installationId } = (await ask(before.url, 'GET', '/xmtp/status')).body;
  // In flight in either direction, and then nobody is there any more.
  devnet.faults.set({ refuseWrites: true });
  const waiting = { to: bob.address, message: 'was in flight' };
  const send = (url: string) =>
    request(url, 'POST', '/xmtp/send', waiting, { 'idempotency-key': 'once', authorization: `Bearer ${token}` });
  send(before.url).catch(() => undefined);
  await waitFor(
    async () => {
      const { outbox } = (await ask<{ outbox: { queued: number } }>(before.url, 'GET', '/xmtp/status')).body;
      return outbox.queued > 0 && (devnet.faults.injected()['refusedWrite'] ?? 0) > 0;
    },
    { what: 'the send to wait' },
  );
  before.signal('SIGKILL');
  await before.ended;
  devnet.faults.clear();
  await his.send({ to, text: 'while it was away' });
  const kept = await files();
  devnet.faults.set({ cutoverMs: 1 });

  // Only the setting was changed: status names the command.
  const early = await startProcess(moved);
  const reason = async () =>
    (await ask<{ reason: { code: string; hint: string } | null }>(early.url, 'GET', '/xmtp/status')).body.reason;
  expect(await waitFor(reason, { timeoutMs: 20_000, what: 'a reason' })).toMatchObject({
    code: 'OTHER_NETWORK',
    hint: expect.stringContaining('xmtp-messaging-server move-to-gateway') as string,
  });
  early.signal('SIGTERM');
  await early.ended;

  // Killed in the middle of what it asks.
  devnet.faults.set({ cutoverMs: 1, partitions: [{ appVersion: `xmtp-messaging/${version}`, mode: 'silence' }] });
  const killed = spawnServer(moved, ['move-to-gateway']);
  await waitFor(() => (devnet.faults.injected()['partitioned'] ?? 0) > 0, {
    timeoutMs: 20_000,
    what: 'the gateway to be asked',
  });
  killed.signal('SIGKILL');
  await killed.ended;
  devnet.faults.set({ cutoverMs: 1 });
  const move = spawnServer(moved, ['move-to-gateway']);
  expect([await move.ended, move.output()]).toEqual([0, expect.stringContaining(String(installationId))]);
  expect(await files()).toEqual(kept);
  await his.close();
  await moveToGateway({ address: bob.address, home: bob.home, network: behind });
  his = await bob.open(behind);
  await his.send({ to, text: 'over the gateway' });

  const after = await startProcess(moved);
  await connected(after.url);
  expect((await ask(after.url, 'GET', '/xmtp/status')).body).toMatchObject({
    inboxId,
    installationId,
    installations: { used: 1 },
  });
  const page = await waitFor(async () => {
    const { messages } = (await ask<Page>(after.url, 'GET', '/xmtp/messages')).body;
    return messages.length >= 4 ? messages : null;
  });
  expect(page.map(({ state }) => state)).toEqual(['delivered', 'pending', 'pending', 'pending']);
  expect(page.slice(0, 2).map(({ id }) => id)).toEqual([first.messageId, second.messageId]);
  // Sent once, by itself, also for whoever asks again.
  await waitFor(async () => (await his.inbox.list()).length > 0, { what: 'what was in flight' });
  expect(await send(after.url)).toMatchObject({ status: 200 });
  await ask(after.url, 'POST', '/xmtp/send', { to: bob.address, message: 'the last one' });
  await waitFor(async () => (await his.inbox.list()).at(-1)?.text === 'the last one', { what: 'the last one' });
  expect((await his.inbox.list()).map(({ text }) => text)).toEqual(['was in flight', 'the last one']);
  after.signal('SIGTERM');
  expect(await after.ended).toBe(0);
});
