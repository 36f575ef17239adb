import { expect, test } from 'vitest';
import { assignPlaces, type PlaceRequest } from './assign-places.ts';

const agent = (name: string, more: Partial<PlaceRequest> = {}): PlaceRequest => ({
  name,
  wallet: `wallet of ${name}`,
  port: null,
  present: {},
  ...more,
});
const assign = async (agents: PlaceRequest[], busy: number[] = [], shared = false) => {
  let count = 0;
  return await assignPlaces(agents, {
    shared,
    isFree: async (port) => !busy.includes(port),
    random: () => {
      count += 1;
      return `r${count}`;
    },
  });
};
const portsOf = async (agents: PlaceRequest[], busy?: number[]) =>
  [...(await assign(agents, busy)).values()].map(({ port }) => port);

test('four agents that say nothing get four ports, past those that are said, in use or refused by web clients', async () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => agent(name));
  expect(await portsOf(four)).toEqual([4101, 4102, 4103, 4104]);
  expect(await portsOf([four[0]!, agent('b', { port: 4101 }), four[2]!, four[3]!], [4103])).toEqual([
    4102, 4101, 4104, 4105,
  ]);
  const many = Array.from({ length: 100 }, (_, index) => agent(`n${index}`));
  expect(await portsOf(many)).not.toContain(4190);
});

test('a place is kept, whoever comes or goes, and although its own server has the port', async () => {
  const kept = agent('b', { present: { port: 4102, id: 'b.old' } });
  const places = await assign([agent('new'), kept], [4102]);
  expect(places.get('b')).toEqual({ port: 4102, basePath: '', id: 'b.old' });
  expect(places.get('new')).toEqual({ port: 4101, basePath: '', id: 'new.r1' });
});

test('agents with one wallet have one mailbox, and so one place', async () => {
  const shared = ['a', 'b'].map((name) => agent(name, { wallet: 'w' }));
  const places = await assign([...shared, agent('c')]);
  expect(places.get('a')).toEqual(places.get('b'));
  expect(places.get('c')!.port).not.toBe(places.get('a')!.port);
});

test('behind one port each agent has a path, and the port stays: that of the team file, of before, or of the first server', async () => {
  const team = ['a', 'b'].map((name) => agent(name));
  const first = await assign(team, [4101], true);
  expect([...first.values()]).toEqual([
    { port: 4102, basePath: '/agents/a', id: 'a.r1' },
    { port: 4102, basePath: '/agents/b', id: 'b.r2' },
  ]);
  const again = team.map((each) => ({ ...each, present: first.get(each.name)! }));
  const newcomer = agent('new', { present: { port: 4109, basePath: '' } });
  const with3 = await assign([newcomer, ...again], [4102], true);
  expect(with3.get('new')).toMatchObject({ port: 4102, basePath: '/agents/new' });
  expect([with3.get('a'), with3.get('b')]).toEqual([...first.values()]);
  expect((await assign([agent('c'), agent('d', { port: 4555 }), ...again], [], true)).get('a')!.port).toBe(4555);
  // And apart again: one keeps the port.
  const apart = [...(await assign(again, [4101])).values()].map(({ port, basePath }) => [port, basePath]);
  expect(apart).toEqual([
    [4102, ''],
    [4103, ''],
  ]);
  const oneMailbox = [agent('a', { wallet: 'w' }), agent('b', { wallet: 'w' })];
  expect((await assign(oneMailbox, [], true)).get('b')!.basePath).toBe('/agents/a');
});
