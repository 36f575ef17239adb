import type { TroubleKind } from './kind.ts';

export const phones: TroubleKind = {
  about: 'a peer registers phones, and revokes some of them',
  equip: () => ({
    troubles: ({ owner, random }) =>
      [1, 2, 3].map((phone) => ({
        name: `phone ${phone} of dot`,
        begin: async () => {
          const lose = await owner.buyPhone();
          return random() < 0.5 ? lose : async () => {};
        },
      })),
  }),
};
