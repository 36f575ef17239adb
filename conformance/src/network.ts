import { createDevnet } from '@xmtp-messaging/devnet';
import { findFreePort, startDevnetProcess } from '@xmtp-messaging/stage';

/** The network that a scenario runs on. */
export interface Network {
  readonly protocol: 'v3' | 'd14n';
  readonly url: string;
  readonly gatewayUrl: string | null;
  readonly webUrl: string;
  readonly historyUrl: string;
  /** Ends one of its nodes; `null` where there is only one. */
  readonly endNode: (() => void) | null;
  /** `kill -9`, and the same network again from its folder; `null` where it has none. */
  readonly killAndRestart: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** A network in this process and in memory; on the decentralised network with three nodes. */
export async function startNetwork(protocol: Network['protocol']): Promise<Network> {
  const devnet = await createDevnet({ protocol, nodes: protocol === 'd14n' ? 3 : 1 });
  const { url, gatewayUrl, webUrl, historyUrl } = devnet;
  return {
    protocol,
    url,
    gatewayUrl,
    webUrl,
    historyUrl,
    endNode: protocol === 'v3' ? null : () => devnet.faults.set({ nodes: [{ node: 200, down: true }] }),
    killAndRestart: null,
    close: () => devnet.close(),
  };
}

/** A network in a process of its own, whose clients find it at the same address after `kill -9`. */
export async function startNetworkProcess(protocol: Network['protocol'], folder: string): Promise<Network> {
  const taken = new Set<number>();
  const ports: number[] = [];
  for (let count = 0; count < 4; count += 1) {
    const port = await findFreePort(22_000 + (process.pid % 5_000), taken);
    taken.add(port);
    ports.push(port);
  }
  const names = ['--port', '--web-port', '--history-port', '--node-port'];
  const args = ['--protocol', protocol, '--data', folder, ...names.flatMap((name, at) => [name, `${ports[at]}`])];
  let running = await startDevnetProcess(args);
  const { url, webUrl, historyUrl } = running.ready;
  return {
    protocol,
    url,
    gatewayUrl: protocol === 'v3' ? null : url,
    webUrl,
    historyUrl,
    endNode: null,
    async killAndRestart() {
      await running.kill();
      running = await startDevnetProcess(args);
    },
    close: () => running.kill(),
  };
}
