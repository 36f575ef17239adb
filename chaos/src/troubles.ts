import type { Cast } from './cast.ts';
import type { Mood } from './endpoint.ts';
import type { Trouble } from './storm.ts';

/** Everything that may go wrong with a cast. */
export function troublesOf(cast: Cast, random: () => number): Trouble[] {
  const kills = cast.players.map((player) => ({
    name: `kill -9 ${player.name}`,
    begin: async () => {
      await player.kill();
      return async () => player.restart();
    },
  }));
  const moods: Mood[] = ['failing', 'hanging', 'dying'];
  const agents = cast.players.map(({ name, endpoint }) => ({
    name: `agent of ${name}`,
    begin: async () => {
      endpoint.setMood(moods[Math.floor(random() * moods.length)]!);
      return async () => endpoint.setMood('well');
    },
  }));
  const network = {
    name: 'kill -9 network',
    begin: async () => {
      await cast.killNetwork();
      return () => cast.restartNetwork();
    },
  };
  return [...kills, ...agents, network];
}
