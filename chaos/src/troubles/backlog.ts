import { spreadPending } from './add-old-rows.ts';
import type { TroubleKind } from './kind.ts';
import { untilCounted, whileStopped, writeBefore } from './write-before.ts';

/** Whose agent was away. */
const victim = 'cat';
const messages = 1_000;

/** One person's messages, handed out among conversations in the journal: to open a thousand takes longer than a storm. */
export const backlog: TroubleKind = {
  about: `${messages.toLocaleString('en')} messages wait in as many conversations when the storm begins`,
  equip: () => ({
    async prepare(scene) {
      const player = scene.cast.players.find(({ name }) => name === victim)!;
      player.endpoint.setMood('failing');
      await writeBefore(scene, player, 'late', messages);
      await untilCounted(scene, player, 'pending', messages);
      const waiting = await whileStopped(player, (journal) => spreadPending(journal, messages));
      scene.count('backlog', waiting);
      player.endpoint.setMood('well');
      return 1;
    },
  }),
};
