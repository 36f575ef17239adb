import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../peers/launch-server.ts';
import type { NetworkCalls } from '../processes/network.child.ts';
import type { Child } from '../processes/start-child.ts';
import { startChild } from '../processes/start-child.ts';
import { createFleet, type FleetOptions } from './create-fleet.ts';
import { measureRates } from './measure-rates.ts';
import type { RegisterCalls } from './register.child.ts';

/** What one fleet showed. Megabytes are of 2^20 bytes. */
export interface FleetRow {
  mode: FleetOptions['mode'];
  agents: number;
  startSeconds: number;
  stopSeconds: number;
  megabytes: number;
  megabytesPerAgent: number;
  sendsPerSecond: number;
  receivedPerSecond: number;
  /** Calls of the network, for each agent and minute, while nothing happened; `null` when that was not waited for. */
  callsPerAgentMinute: number | null;
  /** By method, over the whole time. */
  idleCalls: Readonly<Record<string, number>>;
  idleMinutes: number;
}

/** What to measure. */
export interface FleetPlan {
  mode: FleetOptions['mode'];
  agents: number;
  main: string;
  networkUrl: string;
  network: Child<NetworkCalls>;
  /** How long nothing happens while calls are counted. */
  idleMinutes: number;
  messages: number;
  firstPort: number;
  shard: number;
  progress: (text: string) => void;
  /** Runs when the program is stopped half-way. */
  defer: (end: () => Promise<void> | void) => void;
}

/** Before calls are counted: what a start leaves behind, such as the first looks, is no idle cost. */
const settleMs = 75_000;

export async function measureFleet(plan: FleetPlan): Promise<FleetRow> {
  const { mode, agents: count, main, networkUrl, network, idleMinutes, messages, firstPort, shard, progress } = plan;
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-scale-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  plan.defer(remove);
  const homeRoot = join(folder, 'xmtp');
  await mkdir(homeRoot, { mode: 0o700 });
  const registrar = startChild<RegisterCalls>(new URL('register.child.ts', import.meta.url));
  plan.defer(registrar.stop);
  registrar.onEvent((done) => progress(`registered ${String(done)} of ${count}`));
  const addresses = await registrar.call('register', { count, homeRoot, networkUrl });
  await registrar.stop();

  const fleet = await createFleet({ mode, main, addresses, folder, networkUrl, firstPort, shard });
  plan.defer(() => fleet.kill());
  const startMs = await fleet.start((connected) => progress(`${connected} of ${count} connected`));
  progress('resting');
  await delay(idleMinutes > 0 ? settleMs : 10_000);
  const before = await network.call('calls');
  await delay(idleMinutes * 60_000);
  const after = await network.call('calls');
  const idleCalls = Object.fromEntries(
    Object.entries(after)
      .map(([method, total]) => [method, total - (before[method] ?? 0)] as const)
      .filter(([, made]) => made > 0),
  );
  const made = Object.values(idleCalls).reduce((sum, one) => sum + one, 0);
  const bytes = await fleet.memory();

  progress('sending and receiving');
  const other = await startServer({ folder: await mkdtemp(join(folder, 'other-')), networkUrl, main });
  plan.defer(other.stop);
  const rates = await measureRates(fleet.agents[0]!, other, messages);
  await other.stop();
  const stopMs = await fleet.stop();
  await remove();
  return {
    mode,
    agents: count,
    startSeconds: startMs / 1000,
    stopSeconds: stopMs / 1000,
    megabytes: bytes / 2 ** 20,
    megabytesPerAgent: bytes / 2 ** 20 / count,
    sendsPerSecond: rates.send,
    receivedPerSecond: rates.receive,
    callsPerAgentMinute: idleMinutes > 0 ? made / count / idleMinutes : null,
    idleCalls,
    idleMinutes,
  };
}
