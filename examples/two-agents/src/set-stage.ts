import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnet } from '@xmtp-messaging/devnet';
import { buildPage } from '@xmtp-messaging/page/build';
import { stringify } from 'yaml';
import { type Agent, createWallets, startOnFreePort, startWeb3Bio } from '@xmtp-messaging/stage';
import type { Cleanups } from './create-cleanups.ts';
import type { Show } from './create-show.ts';

/** The players and everything they stand on. */
export interface Stage {
  alice: Agent;
  bob: Agent;
  mallory: Agent;
}

/** Names that a hosts file pins, as `id-cli` would resolve them. */
export const aliceXid = 'alice.agent-23.xid.eth';
export const bobXid = 'bob.agent-23.xid.eth';
/** The name that the local web3.bio stand-in knows. */
export const bobEns = 'bob-the-agent.eth';

/** What the stage is set with. */
export interface StageOptions {
  show: Show;
  /** Gets everything that must be ended. */
  cleanups: Cleanups;
  /** On the decentralised network instead of V3. */
  d14n: boolean;
  /** Ends waiting. */
  signal: AbortSignal;
}

/** Starts the network, makes the wallets, starts a server for each agent. */
export async function setStage({ show, cleanups, d14n, signal }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-demo-'));
  cleanups.add(() => rm(folder, { recursive: true, force: true }));

  let network = '';
  await show.step('local XMTP network', async () => {
    const devnet = await createDevnet(d14n ? { protocol: 'd14n', nodes: 3 } : {});
    cleanups.add(() => devnet.close());
    network = devnet.url;
    return network;
  });

  await show.step('the page that their servers show', async () => {
    await buildPage();
    return 'GET /';
  });

  const names = ['alice', 'bob', 'mallory'] as const;
  const vault = join(folder, 'vault');
  let addresses: string[] = [];
  await show.step('OWS wallets in a temporary vault', async () => {
    addresses = await createWallets(vault, names);
    return names.map((name, index) => `${name} ${addresses[index]?.slice(0, 8)}…`).join('  ');
  });

  const hostsFile = join(folder, 'hosts.yaml');
  await writeFile(hostsFile, stringify({ [aliceXid]: addresses[0], [bobXid]: addresses[1] }), { mode: 0o600 });
  const web3bio = await startWeb3Bio(new Map([[bobEns, addresses[1]!]]));
  cleanups.add(() => web3bio.close());

  const taken = new Set<number>();
  const starting = names.map(async (name, index) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: vault,
      OWS_WALLET: name,
      XMTP_HOME: join(folder, 'xmtp'),
      XMTP_ENV: 'local',
      XMTP_API_URL: network,
      ...(d14n ? { XMTP_GATEWAY_HOST: network } : {}),
      XMTP_HOSTS_FILE: hostsFile,
      WEB3_BIO_URL: web3bio.url,
    };
    return startOnFreePort({
      name,
      address: addresses[index]!,
      firstPort: 4101 + index,
      taken,
      env,
      logFile: join(folder, `${name}.log`),
      signal,
      onStart: (agent) => cleanups.add(() => agent.stop()),
    });
  });
  // A start that fails is told in its own step, whenever that comes; none may go on while things are cleaned up.
  const settled = Promise.allSettled(starting);
  cleanups.add(() => settled);
  const agents: Agent[] = [];
  for (const [index, name] of names.entries()) {
    await show.step(`${name}'s server`, async () => {
      const agent = await starting[index]!;
      agents.push(agent);
      return `${agent.url}  connected`;
    });
  }
  const [alice, bob, mallory] = agents as [Agent, Agent, Agent];
  return { alice, bob, mallory };
}
