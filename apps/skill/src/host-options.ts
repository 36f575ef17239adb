import { type HostName, hostNames } from '@xmtp-messaging/team-config';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What `addHostOptions` reads; absent: not said. */
export interface HostFlags {
  for?: HostName[];
  mcp?: boolean;
}

/** `--for` and `--mcp` of a command that deploys. */
export function addHostOptions<Of extends Command>(command: Of): Of {
  const names = `${hostNames.join(', ')}, or none`;
  return command
    .addOption(
      new Option(
        '--for <host>',
        `what the agents run in, whose places get the skill too: ${names}; several by commas, or again (default: what the team file says, else as before)`,
      ).argParser(readHosts),
    )
    .option('--mcp', 'also add the mailbox to the MCP servers of these (default: as above)')
    .option('--no-mcp', 'take it out of them');
}

function readHosts(text: string, before: HostName[] = []): HostName[] {
  const named = text.split(',').map((each) => each.trim());
  if (named.length === 1 && named[0] === 'none') return before;
  return named.reduce((all, name) => {
    const host = hostNames.find((each) => each === name);
    if (host === undefined) throw new InvalidArgumentError(`Allowed are ${hostNames.join(', ')}, or none.`);
    return all.includes(host) ? all : [...all, host];
  }, before);
}
