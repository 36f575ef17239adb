import { findFreePort, startDevnetProcess } from '@xmtp-messaging/stage';
import type { Network } from './network.ts';

/** A network in a process of its own, whose clients find it at the same address after `kill -9`. */
export async function startNetworkProcess(
  protocol: Network['protocol'],
  folder: string,
  port?: number,
): Promise<Network> {
  const ports = port === undefined ? [] : [port];
  while (ports.length < 4) ports.push(await findFreePort(22_000 + (process.pid % 5_000), new Set(ports)));
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
