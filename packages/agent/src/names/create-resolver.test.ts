import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { namehash } from 'viem/ens';
import { expect, test } from 'vitest';
import { startChain } from '../../../ens-resolver/test/chain-stand-in.ts';
import { createResolver } from './create-resolver.ts';

const name = 'alice.agent-23.xid.eth';
const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';

/** An `id-cli` that answers only when it was given the RPC. */
async function installIdCli(): Promise<string> {
  const folder = await temporaryDirectory();
  const data = { domain: name, registered: true, node: namehash(name), ethAddress: address };
  const answer = JSON.stringify({ status: 'ok', data, metadata: {} });
  const script = `#!/bin/sh\n[ "$RPC_URL_BASE" = "http://127.0.0.1:1" ] && echo '${answer}'\n`;
  await writeFile(join(folder, 'id-cli'), script);
  await chmod(join(folder, 'id-cli'), 0o755);
  return folder;
}

test('id-cli is found on the given path and reads from the given RPC', async () => {
  const resolver = createResolver({
    idCliSearchPath: await installIdCli(),
    idCliEnvironment: { RPC_URL_BASE: 'http://127.0.0.1:1' },
  });
  expect(await resolver.resolve(name, {})).toMatchObject({ address, source: 'id-cli' });
  // The word of one source is not the chain's.
  expect(resolver.confirms(name, address)).toBe(false);
});

test('id-cli gets nothing of the environment that it was not given', async () => {
  const resolver = createResolver({ idCliSearchPath: await installIdCli() });
  await expect(resolver.resolve(name, {})).rejects.toMatchObject({ code: 'UPSTREAM_ERROR' });
});

test('what the chain confirmed is confirmed, for the address it named and until it names another', async () => {
  const chain = await startChain();
  const other = `0x${'1'.repeat(40)}` as const;
  const data = { domain: name, registered: true, node: namehash(name), ethAddress: address };
  const folder = await temporaryDirectory();
  const say = (ethAddress: string) =>
    writeFile(
      join(folder, 'id-cli'),
      `#!/bin/sh\necho '${JSON.stringify({ status: 'ok', data: { ...data, ethAddress } })}'\n`,
      { mode: 0o755 },
    );
  await say(address);
  chain.names.set(name, { address });
  const resolver = createResolver({ idCliSearchPath: folder, ethRpcUrl: chain.url });
  expect(await resolver.resolve(name, {})).toMatchObject({ address, verified: true });
  expect(resolver.confirms(name, address.toLowerCase())).toBe(true);
  expect(resolver.confirms(name, other)).toBe(false);
  await say(other);
  chain.names.set(name, { address: other });
  expect(await resolver.resolve(name, { fresh: true })).toMatchObject({ verified: true });
  expect(resolver.confirms(name, address)).toBe(false);
});
