import { createDevnet } from '@xmtp-messaging/devnet';
import type { Network } from './network.ts';

/** A network in this process and in memory; on the decentralised network with three nodes. */
export async function startNetwork(protocol: Network['protocol'], port = 0): Promise<Network> {
  const devnet = await createDevnet({ protocol, port, nodes: protocol === 'd14n' ? 3 : 1 });
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
