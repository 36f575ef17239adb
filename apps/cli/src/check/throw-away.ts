import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAgent } from '@xmtp-messaging/agent';
import { createOwsSigner } from '@xmtp-messaging/ows-signer';
import { listInstallations, revokeInstallations } from '@xmtp-messaging/xmtp-core';
import { createVault } from '../wallet/create-vault.ts';
import type { CheckPlace, Pair, Talker } from './types.ts';

const names = ['check-alice', 'check-bob'] as const;

/** Two agents with new wallets in a folder of their own, of which nothing stays. */
export interface ThrowAway {
  /** Makes the wallets. @returns their addresses */
  makeWallets(): Promise<string[]>;
  /** Registers both, which list each other. */
  open(signal: AbortSignal): Promise<Pair>;
  /** Takes every installation of theirs off the network. @returns how many */
  revoke(): Promise<number>;
  /** Closes both, and removes the folder with their wallets. */
  remove(): Promise<void>;
}

export async function throwAway({ network }: Pick<CheckPlace, 'network'>): Promise<ThrowAway> {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-check-'));
  const vault = createVault(folder);
  const talkers: Talker[] = [];
  let opening: readonly Promise<Talker>[] = [];
  /** Whoever gave up waiting has ended the opening too; until it has ended, something may still be registered. */
  const settled = () => Promise.allSettled(opening);

  const open = async (wallet: string, signal: AbortSignal): Promise<Talker> => {
    const homeRoot = join(folder, 'homes');
    const agent = await openAgent({ wallet: { name: wallet, home: folder }, homeRoot, network, signal });
    const heard: Talker['heard'][number][] = [];
    const talker: Talker = { agent, heard };
    talkers.push(talker);
    agent.onMessage((message) => void heard.push(message));
    return talker;
  };
  const revokeOf = async (wallet: string): Promise<number> => {
    const signer = await createOwsSigner({ wallet, home: folder, onWarning: () => {} });
    const found = await listInstallations({ network, address: signer.address });
    const installationIds = (found?.installations ?? []).map(({ id }) => id);
    return (await revokeInstallations({ network, signer, installationIds })).length;
  };

  return {
    async makeWallets() {
      const addresses: string[] = [];
      for (const name of names) addresses.push((await vault.create(name)).evmAddress ?? '');
      return addresses;
    },
    async open(signal) {
      const [first, second] = [open(names[0], signal), open(names[1], signal)];
      opening = [first, second];
      const [alice, bob] = await Promise.all([first, second]);
      await alice.agent.allow(bob.agent.address);
      await bob.agent.allow(alice.agent.address);
      return { alice, bob };
    },
    async revoke() {
      await settled();
      const counts: number[] = [];
      for (const { name } of await vault.list()) counts.push(await revokeOf(name));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async remove() {
      await settled();
      await Promise.all(talkers.map(({ agent }) => agent.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
