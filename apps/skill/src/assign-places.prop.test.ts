import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { assignPlaces, type PlaceRequest } from './assign-places.ts';

const assign = async (agents: PlaceRequest[], busy: number[]) => {
  let count = 0;
  return await assignPlaces(agents, {
    isFree: async (each) => !busy.includes(each),
    random: () => {
      count += 1;
      return `r${count}`;
    },
  });
};
const port = fc.integer({ min: 4100, max: 4106 });
const requests = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    wallet: fc.constantFrom('v', 'w', 'x', 'y', 'z'),
    present: fc.record({ port, id: fc.constantFrom('i', 'j') }, { requiredKeys: [] }),
  }),
  { selector: ({ name }) => name },
);

test.prop([requests, fc.array(port), fc.option(port)])(
  'two agents with two wallets never share a port or a name, and a second deployment changes nothing',
  async (agents, busy, said) => {
    const first = agents.map((each, index) => ({ ...each, port: index === 0 ? said : null }));
    const places = await assign(first, busy);
    for (const one of first)
      for (const two of first.filter(({ wallet }) => wallet !== one.wallet)) {
        expect(places.get(one.name)!.port).not.toBe(places.get(two.name)!.port);
        expect(places.get(one.name)!.id).not.toBe(places.get(two.name)!.id);
      }
    const again = first.map((each) => ({ ...each, present: places.get(each.name)! }));
    expect(await assign(again, busy)).toEqual(places);
  },
);
