import type { Mood } from '../start-endpoint.ts';
import type { TroubleKind } from './kind.ts';

const moods: readonly Mood[] = ['failing', 'hanging', 'dying'];

export const agents: TroubleKind = {
  about: 'an agent answers 500, never answers, or tears the connection',
  equip: () => ({
    troubles: ({ cast, random }) =>
      cast.players.map(({ name, endpoint }) => ({
        name: `agent of ${name}`,
        begin: async () => {
          endpoint.setMood(moods[Math.floor(random() * moods.length)]!);
          return async () => endpoint.setMood('well');
        },
      })),
  }),
};
