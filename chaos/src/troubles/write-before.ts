import { join } from 'node:path';
import type { Player } from '../assemble-cast.ts';
import { createPerson, writeAll } from '../create-person.ts';
import { tokenText } from '../create-tally.ts';
import { until } from '../until.ts';
import type { Scene } from './kind.ts';

/** A person on the player's list writes before the storm. What was sent must reach the agent like everything else. */
export async function writeBefore(scene: Scene, player: Player, lane: string, messages: number): Promise<void> {
  const person = createPerson(scene.cast.networkUrl(), scene.cast.protocol);
  const { status } = await player.agent().request('POST', '/xmtp/allowlist', { address: person.address });
  if (status >= 300) throw new Error(`${player.name} could not list ${lane}: ${status}`);
  const tokens = Array.from({ length: messages }, (_, index) => ({ lane: `${lane}>${player.name}`, step: 0, index }));
  await writeAll(await person.register(), player.address, tokens.map(tokenText));
  for (const token of tokens) scene.besides.accept(token);
}

/** Stops the player's server, works on its journal, and has it connected again. */
export async function whileStopped<T>(player: Player, work: (journal: string) => T): Promise<T> {
  await player.agent().stop();
  try {
    return work(join(player.home, 'journal.db'));
  } finally {
    await player.restart();
    await player.agent().ready();
  }
}

/** Waits until so many accepted messages are in the state. */
export async function untilCounted(scene: Scene, player: Player, state: 'pending' | 'delivered', least: number) {
  await until(
    async () => {
      const { body } = await player.agent().request('GET', '/xmtp/status');
      return ((body as { inbox: Record<string, number> | null }).inbox?.[state] ?? 0) >= least;
    },
    { what: `${least} messages ${state} at ${player.name}`, limitMs: 90_000, signal: scene.signal },
  );
}
