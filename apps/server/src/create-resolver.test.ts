import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { namehash } from 'viem/ens';
import { expect, test } from 'vitest';
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
