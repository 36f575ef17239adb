import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '@xmtp-messaging/stage';
import type { TroubleKind } from './kind.ts';

/** In one wave. */
const most = 60;
const child = fileURLToPath(new URL('../stranger.child.ts', import.meta.url));

export const strangers: TroubleKind = {
  about: "inboxes on nobody's list write once each, dozens in a wave; none may be heard",
  equip: () => ({
    troubles: ({ cast, count }) => [
      {
        name: 'strangers',
        begin: async () => {
          const args = [cast.networkUrl(), cast.protocol, String(most), ...cast.players.map(({ address }) => address)];
          const crowd = spawn(process.execPath, [...sourceFlags, child, ...args], {
            stdio: ['ignore', 'pipe', 'ignore'],
          });
          const kill = () => crowd.kill('SIGKILL');
          process.once('exit', kill);
          const ended = new Promise<void>((resolve) => crowd.once('close', () => resolve()));
          const lines = createInterface({ input: crowd.stdout });
          lines.on('line', () => count('strangers'));
          return async () => {
            // The wave breaks by itself; a network that is dead must not hold up the storm.
            const timer = setTimeout(kill, 20_000);
            await ended;
            clearTimeout(timer);
            process.off('exit', kill);
          };
        },
      },
    ],
  }),
};
