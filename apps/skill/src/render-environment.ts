import type { TeamAgent } from '@xmtp-messaging/team-config';
import { marker } from './marker.ts';

/** The variables that carry the team's settings into the agent's server. None is a secret. */
export function renderEnvironment(agent: TeamAgent, wallet: string): string {
  const { openMode, boundary, port } = agent.xmtp;
  const variables = {
    OWS_WALLET: /^[\w.@:+-]+$/.test(wallet) ? wallet : `"${wallet}"`,
    XMTP_OPEN_MODE: String(openMode),
    ...(boundary !== null && { XMTP_BOUNDARY_MODE: boundary }),
    ...(port !== null && { PORT: String(port) }),
  };
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return [`# ${marker}`, '# Settings of the XMTP server of one agent. Secrets do not belong here.', ...lines, ''].join(
    '\n',
  );
}
