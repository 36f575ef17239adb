import { join, resolve } from 'node:path';
import type { HostName, TeamAgent } from '@xmtp-messaging/team-config';
import type { HostChoice } from './render-host-record.ts';

/**
 * What an agent runs in: as it was asked for, else as the team file says, else as it was before.
 * @param options.isAlone Whether the team has no other agent: then it runs where the team file is.
 */
export function chooseHosts(
  { agent: { name, xmtp }, before }: { agent: TeamAgent; before: HostChoice | null },
  options: {
    folder: string;
    isAlone: boolean;
    asked: { for?: readonly HostName[] | undefined; mcp?: boolean | undefined };
  },
): HostChoice {
  const { folder, isAlone, asked } = options;
  const usual = isAlone ? folder : join(folder, '.agents', name);
  return {
    for: [...new Set(asked.for ?? xmtp.for ?? before?.for ?? [])],
    mcp: asked.mcp ?? xmtp.mcp ?? before?.mcp ?? false,
    workspace: xmtp.workspace === null ? usual : resolve(folder, xmtp.workspace),
  };
}
