import { homePath } from '@xmtp-messaging/xmtp-core';
import { homeRoot } from '../servers/read-token.ts';
import { readStatus } from '../servers/read-status.ts';
import type { KnownServer } from '../servers/types.ts';
import { checkBudgetByNetwork } from './check-budget-by-network.ts';
import { checkHomeFolder } from './check-home-folder.ts';
import { checkIdCli } from './check-id-cli.ts';
import { checkNetwork } from './check-network.ts';
import { checkServer } from './check-server.ts';
import { checkWallet } from './check-wallet.ts';
import type { Finding, Subject } from './types.ts';

/** Everything about one agent. @param server Where its server is, or would be. */
export async function examineAgent(subject: Subject, server: KnownServer): Promise<Finding[]> {
  const [wallet, network, idCli, seen] = await Promise.all([
    checkWallet(subject),
    checkNetwork(subject),
    checkIdCli(subject),
    readStatus(server),
  ]);
  const address = wallet.address ?? server.address;
  const home =
    address === null
      ? []
      : await checkHomeFolder({
          home: homePath(address, { root: homeRoot(subject.env) }),
          status: seen.status,
          fix: subject.fix,
        });
  const budget =
    address === null || seen.status !== null || network.some(({ level }) => level === 'fail')
      ? []
      : await checkBudgetByNetwork(subject, homePath(address, { root: homeRoot(subject.env) }));
  return [...wallet.findings, idCli, ...network, ...(await checkServer(seen)), ...budget, ...home];
}
