import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const oneNodeDown: Scenario = {
  name: 'one node of three down',
  about: 'who comes takes another node: direct messages, streams, groups and a backlog',
  needs: ['stream'],
  network: 'nodes',
  async play({ network, open, peers, until }) {
    const [early] = await peers(1);
    network.endNode!();
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await peer!.createDm(me);
    const texts = Array.from({ length: 250 }, (_, index) => `${index}`);
    for (let start = 0; start < texts.length; start += 25) await peer!.sendMany(dm, texts.slice(start, start + 25));
    const [mine] = await me.conversations('dm');
    let seen: string[] = [];
    await until('the backlog', async () => (seen = await me.texts(mine!)).length >= texts.length);
    expectSame('the backlog', seen, texts);
    await me.stream();
    const group = await peer!.createGroup([me, early!]);
    await peer!.send(group, 'to the group');
    await until('the group on the stream', async () => (await me.heard()).includes('to the group'));
    await me.sync();
    await me.send(group, 'heard you');
    expectSame('in the group', await peer!.texts(group), ['to the group', 'heard you']);
  },
};
