import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { mountSmallDisk, type SmallDisk } from '@xmtp-messaging/testing/small-disk';
import type { TroubleKind } from './kind.ts';

/** Whose home is on the small disk. */
const victim = 'ben';

export const fullDisk: TroubleKind = {
  about: "the disk under a server's home is full to the last block (a tmpfs: needs root)",
  equip(folder) {
    let disk: SmallDisk;
    try {
      disk = mountSmallDisk();
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const unmount = () => disk.unmount();
    process.once('exit', unmount);
    return {
      env: (player) => (player === victim ? { XMTP_HOME: disk.path } : {}),
      troubles: () => [
        {
          name: `full disk of ${victim}`,
          begin: async () => {
            disk.fill();
            return async () => disk.free();
          },
        },
      ],
      async close() {
        disk.free();
        // With the other homes, should the run have failed.
        await cp(disk.path, join(folder, 'xmtp'), { recursive: true });
        process.off('exit', unmount);
        unmount();
      },
    };
  },
};
