import type { TeamAgent } from '@xmtp-messaging/team-config';
import type { AgentReport } from './types.ts';

const defaultPort = 4101;

/** What works, but not as somebody might expect: open agents, shared wallets, shared ports. */
export function findWarnings(agents: readonly TeamAgent[], reports: readonly AgentReport[]): string[] {
  const deployed = reports.filter((report) => report.outcome === 'deployed');
  const open = deployed.filter(({ mode }) => mode === 'open').map(({ name }) => name);
  const byWallet = Map.groupBy(deployed, ({ wallet }) => wallet.name);
  const shared = [...byWallet].filter(([, users]) => users.length > 1);
  const ports = deployed.map(({ name }) => agents.find((agent) => agent.name === name)?.xmtp.port ?? null);
  const portless = deployed.filter((_, index) => ports[index] === null || ports[index] === defaultPort);
  return [
    ...open.map((name) => `${name} is in open mode: anybody can write to it.`),
    ...shared.map(([wallet, users]) => {
      const names = users.map(({ name }) => name).join(', ');
      return `${names} share the wallet ${wallet}: they have one mailbox, and only one of their servers can run at a time.`;
    }),
    ...(portless.length > 1 && shared.length === 0
      ? [
          `${portless.map(({ name }) => name).join(', ')} would all listen on ${defaultPort}: set xmtp.port in the team file.`,
        ]
      : []),
  ];
}
