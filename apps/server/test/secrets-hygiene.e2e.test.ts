import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWallet, exportWallet } from '@open-wallet-standard/core';
import { locateOws } from '@xmtp-messaging/ows-signer';
import { waitFor } from '@xmtp-messaging/testing';
import { mnemonicToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { startAgent } from './agent-server.ts';
import { connected, createStage, type Page, request, startProcess, operate } from './harness.ts';

const unique = (name: string) => `${name}-${randomBytes(12).toString('hex')}`;

/** Every way in which bytes usually leak. */
function shapes(secret: string | Uint8Array): Buffer[] {
  const bytes = Buffer.from(secret as string);
  return [
    bytes,
    ...(['hex', 'base64', 'base64url'] as const).map((encoding) =>
      Buffer.from(bytes.toString(encoding).replace(/=+$/u, '')),
    ),
  ];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('M5, L7 and the keys: no secret and no message text is in a log, an error, the journal or an argument list', async () => {
  const stage = await createStage(['alice']);
  const vault = join(stage.root, 'vault');
  const passphrase = unique('passphrase');
  createWallet('bob', passphrase, 12, join(vault, '.ows'));
  const mnemonic = exportWallet('bob', passphrase, join(vault, '.ows'));
  const account = mnemonicToAccount(mnemonic);
  await writeFile(stage.hostsFile, `alice.test.eth: "${stage.wallets['alice']}"\nbob.test.eth: "${account.address}"\n`);

  // Notes the arguments of every ows process, then becomes it.
  const spy = join(stage.root, 'ows-spy');
  const argumentLog = join(stage.root, 'arguments');
  await writeFile(spy, `#!/bin/sh\nprintf '%s\\n' "$@" >> ${argumentLog}\nexec ${locateOws()} "$@"\n`, { mode: 0o700 });

  const token = unique('token');
  const webhookKey = randomBytes(32);
  const said = {
    heard: unique('heard'),
    dropped: unique('dropped'),
    reply: unique('reply'),
    refused: unique('refused'),
  };
  const agent = await startAgent((_, count) =>
    count === 1 ? { status: 500, body: unique('agent-failure') } : { body: { reply: said.reply } },
  );
  const common = { XMTP_LOG_LEVEL: 'trace', OWS_COMMAND: spy };
  const alice = await startProcess(stage.env('alice', common));
  const bob = await startProcess(
    stage.env('bob', {
      ...common,
      OWS_PASSPHRASE: passphrase,
      XMTP_API_TOKEN: token,
      XMTP_WEBHOOK_URL: agent.url,
      XMTP_WEBHOOK_SECRET: `whsec_${webhookKey.toString('base64')}`,
      XMTP_DELIVERY_RETRY_BASE: '20',
    }),
  );
  const bearer = { authorization: `Bearer ${token}` };
  const errors: string[] = [];
  await connected(alice.url);
  await waitFor(
    async () => (await request(bob.url, 'GET', '/xmtp/status', undefined, bearer)).body['connected'] === true,
    { timeoutMs: 20_000 },
  );

  // A stranger first, then a listed sender whose message fails once and is answered, then every kind of refusal.
  await request(alice.url, 'POST', '/xmtp/send', { to: 'bob.test.eth', message: said.dropped });
  await waitFor(
    async () => (await operate<{ dropped: unknown[] }>(bob.url, 'GET', '/xmtp/dropped')).body.dropped.length === 1,
  );
  await operate(bob.url, 'POST', '/xmtp/allowlist', { name: 'alice.test.eth' });
  await operate(alice.url, 'POST', '/xmtp/allowlist', { name: 'bob.test.eth' });
  await request(alice.url, 'POST', '/xmtp/send', { to: 'bob.test.eth', message: said.heard });
  await waitFor(async () =>
    (await request<Page>(alice.url, 'GET', '/xmtp/messages')).body.messages.some(({ text }) =>
      text?.includes(said.reply),
    ),
  );
  for (const answer of [
    await request(bob.url, 'POST', '/xmtp/send', { to: 'nobody', message: said.refused }, bearer),
    await request(
      bob.url,
      'POST',
      '/xmtp/send',
      { to: 'alice.test.eth', message: said.refused },
      { authorization: `Bearer ${token}x` },
    ),
    await request(bob.url, 'POST', '/xmtp/send', `{"to":"alice.test.eth","message":"${said.refused}`, bearer),
    await request(bob.url, 'GET', `/${said.refused}?token=${token}`),
    await request(bob.url, 'GET', '/xmtp/status', undefined, bearer),
    await operate(bob.url, 'GET', '/metrics'),
  ]) {
    errors.push(answer.text);
  }

  const homes = await readdir(join(stage.root, 'xmtp'));
  const encryptionKeys = await Promise.all(
    homes.map((name) => readFile(join(stage.root, 'xmtp', name, 'encryption.key'), 'utf8')),
  );
  const boundaryKeys = await Promise.all(
    homes.map((name) => readFile(join(stage.root, 'xmtp', name, 'boundary.key'), 'utf8')),
  );
  const commandLines = await Promise.all(
    [alice.pid, bob.pid].map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  for (const server of [alice, bob]) {
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);
  }

  const secrets: Record<string, (string | Uint8Array)[]> = {
    'wallet key': [account.getHdKey().privateKey!, mnemonic],
    passphrase: [passphrase],
    'encryption key': encryptionKeys.map((key) => Buffer.from(key.trim(), 'hex')),
    'boundary key': boundaryKeys.map((key) => Buffer.from(key.trim(), 'hex')),
    token: [token],
    'webhook secret': [webhookKey],
    'message text': Object.values(said),
  };
  const places: [string, Buffer][] = [
    ['log of alice', Buffer.from(alice.output())],
    ['log of bob', Buffer.from(bob.output())],
    ['errors', Buffer.from(errors.join('\n'))],
    ['arguments of ows', await readFile(argumentLog)],
    ['command lines', Buffer.from(commandLines.join('\n'))],
  ];
  for (const path of await filesBelow(join(stage.root, 'xmtp'))) {
    if (!/\/(?:encryption|boundary)\.key$/u.test(path)) places.push([path, await readFile(path)]);
  }
  expect(places.some(([name, bytes]) => name.endsWith('journal.db') && bytes.length > 0)).toBe(true);
  expect(places.some(([name, bytes]) => name.endsWith('xmtp.db') && bytes.length > 0)).toBe(true);
  expect(places.find(([name]) => name === 'arguments of ows')?.[1].includes('sign')).toBe(true);
  expect(places.find(([name]) => name === 'log of bob')?.[1].includes('delivery-failed')).toBe(true);
  const found = places.flatMap(([place, bytes]) =>
    Object.entries(secrets).flatMap(([kind, values]) =>
      values.flatMap((value) => shapes(value)).some((shape) => bytes.includes(shape)) ? [`${kind} in ${place}`] : [],
    ),
  );
  expect(found).toEqual([]);
  await stage.close();
});
