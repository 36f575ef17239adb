import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TroubleKind } from './kind.ts';

const steps = [-3_600_000, 3_600_000, -60_000];

/**
 * Of JavaScript's clock alone: the SDK's own, and the network's, stay right. That is harder than the truth, in which all of
 * one machine's clocks step together.
 */
export const clock: TroubleKind = {
  about: "a server's wall clock steps back an hour or a minute, or forward an hour, and returns",
  equip(folder) {
    const fileOf = (player: string) => join(folder, `${player}.clock`);
    const set = (player: string, shiftMs: number) => {
      // Never half written: the server reads it all the time.
      writeFileSync(`${fileOf(player)}.new`, String(shiftMs));
      renameSync(`${fileOf(player)}.new`, fileOf(player));
    };
    return {
      env(player) {
        set(player, 0);
        return {
          NODE_OPTIONS: `--import=${new URL('clock-preload.ts', import.meta.url).href}`,
          CHAOS_CLOCK_FILE: fileOf(player),
        };
      },
      troubles: ({ cast, random }) =>
        cast.players.map(({ name }) => ({
          name: `clock of ${name}`,
          begin: async () => {
            set(name, steps[Math.floor(random() * steps.length)]!);
            return async () => set(name, 0);
          },
        })),
    };
  },
};
