import type { PlaceRequest } from './assign-places.ts';
import type { AgentReport } from './types.ts';

/** What works, but not as somebody might expect: open agents, shared wallets, ports that are not used. */
export function findWarnings(
  reports: readonly AgentReport[],
  { shared: onePort, requests }: { shared: boolean; requests: readonly PlaceRequest[] },
): string[] {
  const deployed = reports.filter((report) => report.outcome === 'deployed');
  const open = deployed.filter(({ mode }) => mode === 'open').map(({ name }) => name);
  const byWallet = Map.groupBy(deployed, ({ wallet }) => wallet.name);
  const shared = [...byWallet].filter(([, users]) => users.length > 1);
  const ports = requests.flatMap(({ port }) => port ?? []);
  return [
    ...(onePort && ports.length > 1
      ? [`All agents are behind port ${ports[0]}; the other ports of the team file are not used.`]
      : []),
    ...open.map((name) => `${name} is in open mode: anybody can write to it.`),
    ...shared.map(([wallet, users]) => {
      const names = users.map(({ name }) => name).join(', ');
      return `${names} share the wallet ${wallet}: they have one mailbox, and only one of their servers can run at a time.`;
    }),
  ];
}
