import { expect, test } from 'vitest';
import { equip } from './equip.ts';
import type { Scene, TroubleKind } from './troubles/kind.ts';

const begin = async () => async () => {};

test('what several kinds bring becomes one, and one that cannot happen here is told and left out', async () => {
  const done: string[] = [];
  const kinds = new Map<string, TroubleKind>([
    [
      'rain',
      {
        about: '',
        equip: () => ({ env: (player) => ({ RAIN: player }), troubles: () => [{ name: 'drizzle', begin }] }),
      },
    ],
    ['snow', { about: '', equip: () => 'it is too warm' }],
    [
      'fog',
      {
        about: '',
        equip: (folder) => ({
          env: () => ({ FOG: folder }),
          prepare: async () => 2,
          close: async () => void done.push('fog'),
        }),
      },
    ],
    ['hail', { about: '', equip: () => expect.unreachable() }],
  ]);
  const told: string[] = [];
  const kit = equip({ names: ['rain', 'snow', 'fog'], folder: '/here', tell: (line) => told.push(line), kinds });
  const scene = {} as Scene;
  await kit.prepare(scene);
  await kit.close();
  expect(kit.env('ann')).toEqual({ RAIN: 'ann', FOG: '/here' });
  expect(kit.troubles(scene)).toEqual([{ name: 'drizzle', kind: 'rain', begin }]);
  expect(kit.happened).toEqual({ rain: 0, fog: 2 });
  expect(told[0]).toBe('snow is left out: it is too warm');
  expect(done).toEqual(['fog']);
});
