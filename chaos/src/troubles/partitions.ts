import type { TroubleKind } from './kind.ts';

export const partitions: TroubleKind = {
  about: 'one server is cut off: its calls are refused, or never answered',
  equip: () => ({
    troubles: ({ cast, faults }) =>
      cast.players.flatMap(({ name, installationId }) =>
        (['refuse', 'silence'] as const).map((mode) => ({
          name: `partition ${name}, ${mode}`,
          begin: () => faults.add({ partitions: [{ installationId, mode }] }),
        })),
      ),
  }),
};
