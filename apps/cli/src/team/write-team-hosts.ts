import { writeDurably } from '@xmtp-messaging/errors/files';
import { readListName } from '@xmtp-messaging/errors/name';

const head = `# Written by "xmtp-messaging up": the members of the team, by the names that they have in the team file.\n`;

/** Lets the servers of a team find its members by name. A name that could not be one of ENS is left out. */
export async function writeTeamHosts(
  path: string,
  members: readonly { name: string; address: string }[],
): Promise<void> {
  const lines = members.filter(({ name }) => isHostName(name)).map(({ name, address }) => `${name}: "${address}"\n`);
  await writeDurably(path, head + lines.join(''));
}

/** One label that ENSIP-15 leaves as it is; of two such names, the dot of one cannot make it somebody's real name. */
function isHostName(name: string): boolean {
  return /^[a-z0-9-]+$/u.test(name) && readListName(`${name}.eth`).ok;
}
