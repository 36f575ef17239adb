import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

const size = 50;

export const fiftyMembers: Scenario = {
  name: 'group of fifty',
  about: 'everybody is in it, hears the one who made it, and is heard',
  needs: ['createGroup'],
  async play({ open, peers }) {
    const [me, others] = [await open(), await peers(size - 1)];
    const group = await me.createGroup(others);
    await me.send(group, 'to all of you');
    expectSame('members', (await me.members(group)).length, size);
    for (const other of others) {
      await other.sync();
      expectSame('what a member sees', await other.texts(group), ['to all of you']);
    }
    for (let index = 0; index < others.length; index += 10) await others[index]!.send(group, `from ${index}`);
    const answers = ['from 0', 'from 10', 'from 20', 'from 30', 'from 40'];
    expectSame('answers', (await me.texts(group)).toSorted(), [...answers, 'to all of you']);
  },
};
