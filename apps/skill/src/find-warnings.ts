import { localBase } from './agent-files.ts';
import type { PlaceRequest } from './assign-places.ts';
import { hostLayouts } from './host-layouts.ts';
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
    ...deployed.filter(keepsServersElsewhere).map(({ name, port, basePath, id }) => {
      const server = { url: `${localBase({ port, basePath, id })}/mcp`, headers: { 'Xmtp-Agent': id } };
      return `${name}: OpenClaw keeps MCP servers in its own configuration: openclaw mcp set xmtp '${JSON.stringify({ ...server, transport: 'streamable-http' })}'`;
    }),
    ...shared.map(([wallet, users]) => {
      const names = users.map(({ name }) => name).join(', ');
      return `${names} share the wallet ${wallet}: they have one mailbox, and only one of their servers can run at a time.`;
    }),
  ];
}

type Deployed = Extract<AgentReport, { outcome: 'deployed' }>;

const keepsServersElsewhere = ({ hosts }: Deployed): boolean =>
  hosts.mcp && hosts.for.some((host) => hostLayouts[host].mcp === null);
