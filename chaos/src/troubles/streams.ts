import type { TroubleKind } from './kind.ts';

export const streams: TroubleKind = {
  about: 'subscriptions are dropped, or lose or swap events',
  equip: () => ({
    troubles: ({ faults }) => [
      { name: 'swallowed stream events', begin: () => faults.add({ streams: [{ swallowEvery: 2 }] }) },
      { name: 'swapped stream events', begin: () => faults.add({ streams: [{ reorderEvery: 2 }] }) },
      {
        name: 'dropped streams',
        begin: async () => {
          await faults.dropStreams();
          return async () => {};
        },
      },
    ],
  }),
};
