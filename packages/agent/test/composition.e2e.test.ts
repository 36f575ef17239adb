import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAllowlist } from '@xmtp-messaging/allowlist';
import { createDevnet } from '@xmtp-messaging/devnet';
import { createEnsResolver } from '@xmtp-messaging/ens-resolver';
import { createAdmission, createBoundary } from '@xmtp-messaging/inbound-guard';
import { createOwsSigner } from '@xmtp-messaging/ows-signer';
import { networkAt, temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
import { homePath, openMailbox } from '@xmtp-messaging/xmtp-core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryVault } from '../../ows-signer/test/vault.ts';

// The promise is that this compiles: what one package returns is what the next one takes, without a cast.
test('five packages, each useful alone, make a mailbox together', async () => {
  const devnet = await createDevnet({ protocol: testProtocol });
  onTestFinished(() => devnet.close());
  const [vault, root] = [await temporaryVault(), await temporaryDirectory()];
  const [alice, bob] = [await vault.createWallet('alice'), await vault.createWallet('bob')];
  const hosts = join(root, 'hosts.yaml');
  await writeFile(hosts, `alice.eth: "${alice.address}"\nbob.eth: "${bob.address}"\n`);

  const open = async (wallet: string) => {
    const resolver = createEnsResolver({ hosts: { path: hosts } });
    const signer = await createOwsSigner({ wallet, home: vault.home });
    const home = homePath(signer.address, { root });
    const allowlist = await openAllowlist({ path: join(root, `${wallet}.yaml`) });
    const boundary = createBoundary({ gutter: 'abcd1234' });
    const { admit } = createAdmission({ mode: 'open', isAllowed: allowlist.has });
    const mailbox = await openMailbox({ signer, home, network: networkAt(devnet.url), admit });
    onTestFinished(async () => {
      await mailbox.close();
      await allowlist.close();
    });
    return { resolver, allowlist, boundary, mailbox };
  };
  const [first, second] = [await open('alice'), await open('bob')];
  await second.allowlist.add(await second.resolver.resolve('alice.eth'));
  await first.mailbox.send({ to: await first.resolver.resolve('bob.eth'), text: 'Hello' });

  const heard = Promise.withResolvers<string | undefined>();
  second.mailbox.inbox.deliver((message) => heard.resolve(second.boundary.wrap(message)?.text));
  expect(await heard.promise).toMatch(/sender: allowlisted\n[^]*\nabcd1234\| Hello\n/u);
  // Nobody hears himself, without being told who he is.
  expect(await first.mailbox.inbox.list()).toEqual([]);
});
