import { join } from 'node:path';
import { openAllowlist } from '@xmtp-messaging/allowlist';
import { ensurePrivateFolder } from '@xmtp-messaging/errors/files';

interface Named {
  name: string;
  address: `0x${string}`;
}

/**
 * Puts every member on the allowlist of every other, under its name in the team file. Who is listed already stays as he is, and
 * nobody is taken off: a list may hold people whom the operator added.
 * @throws AllowlistError
 */
export async function allowEachOther(
  members: readonly Named[],
  homeOf: (address: `0x${string}`) => string,
): Promise<void> {
  for (const self of members) {
    const home = homeOf(self.address);
    ensurePrivateFolder(home);
    const list = await openAllowlist({ path: join(home, 'allowlist.yaml'), watch: false });
    try {
      for (const { name, address } of members) {
        if (address === self.address || list.has(address)) continue;
        // A name that is somebody else's on this list stays with him.
        const isTaken = list.find(name) !== null;
        await list.add({ address, name: isTaken ? null : name });
      }
    } finally {
      await list.close();
    }
  }
}
