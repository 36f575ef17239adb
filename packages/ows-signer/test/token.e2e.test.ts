import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createOwsSigner } from '../src/index.ts';
import { temporaryVault, type Vault } from './vault.ts';
import { xmtpText } from './xmtp-text.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

/** Registers the policy of this package, run from its source. */
async function createPolicy(vault: Vault): Promise<string> {
  const { home } = vault;
  const executable = join(home, 'policy.sh');
  const program = fileURLToPath(new URL('../src/policy.ts', import.meta.url));
  await writeFile(
    executable,
    `#!/bin/sh\nexec '${process.execPath}' --conditions=@xmtp-messaging/source '${program}'\n`,
  );
  await chmod(executable, 0o700);
  const policy = {
    id: 'xmtp',
    name: 'XMTP only',
    version: 1,
    created_at: '2026-01-01T00:00:00Z',
    executable,
    action: 'deny',
  };
  await vault.sdk('createPolicy', JSON.stringify({ ...policy, rules: [], config: null }), join(home, '.ows'));
  return policy.id;
}

test('a token signs for its wallet until it expires or is revoked, and a line break at its end does not matter', async () => {
  const vault = await temporaryVault();
  const folder = join(vault.home, '.ows');
  const alice = await vault.createWallet('alice', 'correct horse');
  const bob = await vault.createWallet('bob');
  const { token, id } = await vault.createToken(alice.id, { passphrase: 'correct horse' });
  const expired = await vault.createToken(alice.id, { passphrase: 'correct horse', expiresAt: '2020-01-01T00:00:00Z' });
  const sign = async (wallet: string, credential: string) =>
    (await createOwsSigner({ wallet, home: vault.home, credential })).signMessage(xmtpText());

  expect(await sign('alice', `${token}\r\n`)).toHaveLength(65);
  await expect(sign('bob', token)).rejects.toThrow(code('OWS_TOKEN_SCOPE'));
  await expect(sign('alice', expired.token)).rejects.toThrow(code('OWS_TOKEN_EXPIRED'));
  await expect(sign(bob.id, `ows_key_${'00'.repeat(32)}`)).rejects.toThrow(code('OWS_TOKEN_UNKNOWN'));
  await vault.sdk('revokeApiKey', id, folder);
  const error = await sign('alice', token).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ code: 'OWS_TOKEN_UNKNOWN' });
  expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toContain(token.slice(8));
});

test('a token with the policy of this package signs what a mailbox needs and nothing else', async () => {
  const vault = await temporaryVault();
  const { id } = await vault.createWallet('alice', 'correct horse');
  const policies = [await createPolicy(vault)];
  const { token } = await vault.createToken(id, { passphrase: 'correct horse', policies });
  const signer = await createOwsSigner({
    wallet: 'alice',
    home: vault.home,
    credential: token,
    acceptMessage: () => true,
  });

  expect(await signer.signMessage(xmtpText())).toHaveLength(65);
  await expect(signer.signMessage('Sign in to example.org')).rejects.toThrow(
    'Its reason: not a request of an XMTP mailbox',
  );
  const transaction = vault.sdk('signTransaction', 'alice', 'eip155:1', '02c0', token, 0, join(vault.home, '.ows'));
  await expect(transaction).rejects.toThrow('policy denied');

  await rm(join(vault.home, '.ows', 'policies', 'xmtp.json'));
  await expect(signer.signMessage(xmtpText())).rejects.toThrow(code('OWS_POLICY_MISSING'));
});
