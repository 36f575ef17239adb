import type { TroubleKind } from './kind.ts';

export const network: TroubleKind = {
  about: 'kill -9 of the network, and its return',
  equip: () => ({
    troubles: ({ cast, faults }) => [
      {
        name: 'kill -9 network',
        begin: async () => {
          await cast.killNetwork();
          return async () => {
            await cast.restartNetwork();
            await faults.restore();
          };
        },
      },
    ],
  }),
};
