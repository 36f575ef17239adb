import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDevnet } from '@xmtp-messaging/devnet';
import { networkAt, temporaryDirectory, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { Client, type ClientOptions, type Signer } from '@xmtp/node-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { createOwsSigner, isXmtpInstallationText, type OwsSigner } from '../src/index.ts';
import { temporaryVault } from './vault.ts';

/** A signer that counts, and fits where the SDK wants one. */
function counting(signer: OwsSigner): Signer & { texts: string[] } {
  const texts: string[] = [];
  const signMessage = (message: string) => {
    texts.push(message);
    return signer.signMessage(message);
  };
  return { ...signer, signMessage, texts };
}

test('one signature registers a mailbox, and after a restart without vault it still sends and receives', async () => {
  const devnet = await createDevnet({ protocol: testProtocol });
  onTestFinished(() => devnet.close());
  const [vault, folder] = [await temporaryVault(), await temporaryDirectory()];
  const { home } = vault;
  await vault.createWallet('alice', 'correct horse');
  await vault.createWallet('bob');
  const dbEncryptionKey = new Uint8Array(32).fill(7);
  const open = (name: string, signer: Signer) => {
    const dbPath = join(folder, `${name}.db`);
    const options: ClientOptions = { ...networkAt(devnet.url), dbPath, dbEncryptionKey, disableDeviceSync: true };
    return Client.create(signer, options);
  };

  const known = await createOwsSigner({ wallet: 'alice', home, credential: 'correct horse' });
  const first = counting(known);
  const registered = await open('alice', first);
  expect(first.texts).toHaveLength(1);
  expect(isXmtpInstallationText(first.texts[0]!)).toBe(true);
  const bob = await open('bob', await createOwsSigner({ wallet: 'bob', home }));

  await rm(home, { recursive: true });
  const lazy = counting(
    await createOwsSigner({ wallet: 'alice', home, credential: 'correct horse', address: known.address }),
  );
  const alice = await open('alice', lazy);
  expect(alice.installationId).toBe(registered.installationId);
  await (await alice.conversations.createDm(bob.inboxId)).sendText('hello');
  const text = await waitFor(async () => {
    await bob.conversations.syncAll();
    const [dm] = bob.conversations.listDms();
    return (await dm?.messages())?.find(({ content }) => content === 'hello')?.content;
  });
  expect(text).toBe('hello');
  await bob.conversations.listDms()[0]!.sendText('hi');
  await waitFor(async () => {
    await alice.conversations.syncAll();
    const messages = await alice.conversations.listDms()[0]?.messages();
    return messages?.some(({ content }) => content === 'hi');
  });
  expect(lazy.texts).toEqual([]);
  await expect(lazy.signMessage(first.texts[0]!)).rejects.toMatchObject({ code: 'OWS_WALLET_NOT_FOUND' });
});
