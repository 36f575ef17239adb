import type { TroubleKind } from './kind.ts';

export const kills: TroubleKind = {
  about: 'kill -9 of a server, sender or receiver, and its return',
  equip: () => ({
    troubles: ({ cast }) =>
      cast.players.map((player) => ({
        name: `kill -9 ${player.name}`,
        begin: async () => {
          await player.kill();
          return async () => player.restart();
        },
      })),
  }),
};
