import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDevnet } from '@xmtp-messaging/devnet';
import { nameFaultsByV3, networkAt, temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
import { onTestFinished } from 'vitest';
import { temporaryVault } from '../../ows-signer/test/vault.ts';
import { type Agent, openAgent, type OpenAgentOptions } from '../src/index.ts';

/** A network, a vault with wallets of these names, and a folder; gone when the test ends. */
export interface Stage {
  root: string;
  addresses: Record<string, string>;
  options(wallet: string): OpenAgentOptions;
  /** Opens an agent, which is closed when the test ends. */
  open(wallet: string, options?: Partial<OpenAgentOptions>): Promise<Agent>;
}

export async function createStage(...wallets: string[]): Promise<Stage> {
  const devnet = nameFaultsByV3(await createDevnet({ protocol: testProtocol }));
  onTestFinished(() => devnet.close());
  const [vault, root] = [await temporaryVault(), await temporaryDirectory()];
  const addresses: Record<string, string> = {};
  for (const wallet of wallets) addresses[wallet] = (await vault.createWallet(wallet)).address;
  const hostsFile = join(root, 'hosts.yaml');
  await writeFile(hostsFile, wallets.map((name) => `${name}.eth: "${addresses[name]}"\n`).join(''));
  const options = (wallet: string): OpenAgentOptions => ({
    wallet: { name: wallet, home: vault.home },
    homeRoot: join(root, 'xmtp'),
    network: networkAt(devnet.url),
    names: { hostsFile },
  });
  const open = async (wallet: string, more: Partial<OpenAgentOptions> = {}) => {
    const agent = await openAgent({ ...options(wallet), ...more });
    onTestFinished(() => agent.close());
    return agent;
  };
  return { root, addresses, options, open };
}
