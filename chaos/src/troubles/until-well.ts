import type { Player } from '../assemble-cast.ts';
import { until } from '../until.ts';
import type { Scene } from './kind.ts';
import { type StatusBody, tells } from './tells.ts';

/** Whoever is not ready again in time is counted. */
export async function untilWell({ cast, count, tell, signal }: Scene, limitMs: number): Promise<void> {
  const wait = async (player: Player) => {
    let last: unknown;
    const isWell = async () => {
      const { status } = await player.agent().request('GET', '/readyz');
      const { body } = await player.agent().request('GET', '/xmtp/status');
      last = body;
      return status === 200 && !tells(body as StatusBody);
    };
    try {
      await until(isWell, { what: `${player.name} is well`, limitMs, signal });
    } catch {
      signal.throwIfAborted();
      count('unrecovered');
      const { state, reason, stream, directions } = (last ?? {}) as Record<string, unknown>;
      tell(`${player.name} has not recovered: ${JSON.stringify({ state, reason, stream, directions })}`);
    }
  };
  await Promise.all(cast.players.map(wait));
}
