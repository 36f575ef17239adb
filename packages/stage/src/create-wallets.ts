import { patient } from '@xmtp-messaging/testing/patient';
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { locateOws, parseWalletList } from '@xmtp-messaging/ows-signer';

const run = promisify(execFile);

/**
 * Makes one OWS wallet for each name in a vault under `home`, with the real `ows` program.
 * They carry no passphrase: good enough for a network that forgets everything, for nothing else.
 * @returns The address of each name, in the order of `names`.
 */
export async function createWallets(home: string, names: readonly string[]): Promise<string[]> {
  const ows = locateOws();
  if (ows === null)
    throw new Error('The ows program is not published for this platform; see its README for how to build it.');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const env = { HOME: home };
  for (const name of names)
    await run(ows, ['wallet', 'create', `--name=${name}`], { env, timeout: patient(30_000), killSignal: 'SIGKILL' });
  const { stdout } = await run(ows, ['wallet', 'list'], { env, timeout: patient(30_000), killSignal: 'SIGKILL' });
  const wallets = parseWalletList(stdout);
  return names.map((name) => {
    const address = wallets.find((wallet) => wallet.name === name)?.evmAddress;
    if (address === undefined) throw new Error(`The vault lists no Ethereum address for ${name}.`);
    return address;
  });
}
