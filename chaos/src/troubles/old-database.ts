import { addOldRows } from './add-old-rows.ts';
import type { TroubleKind } from './kind.ts';
import { untilCounted, whileStopped, writeBefore } from './write-before.ts';

/** Whose home is old. */
const victim = 'ann';
const messages = 200;
const rows = 100_000;

export const oldDatabase: TroubleKind = {
  about: `a server begins with ${messages} messages and ${rows.toLocaleString('en')} journal rows from before`,
  equip: () => ({
    async prepare(scene) {
      const player = scene.cast.players.find(({ name }) => name === victim)!;
      await writeBefore(scene, player, 'old', messages);
      await untilCounted(scene, player, 'delivered', messages);
      await whileStopped(player, (journal) => addOldRows(journal, { rows, conversations: 10_000 }));
      return 1;
    },
  }),
};
