import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const comeAndGo: Scenario = {
  name: 'removed and added again',
  about: 'a member reads what was written while it was one, nothing of the time between, and writes again',
  needs: ['isMember'],
  async play({ open, peers, until }) {
    const [me, [owner]] = [await open(), await peers(1)];
    const group = await owner!.createGroup([me]);
    await owner!.send(group, 'first time');
    await me.sync();
    expectSame('as a member', await me.texts(group), ['first time']);
    await owner!.remove(group, [me.inboxId]);
    await owner!.send(group, 'without you');
    await until('to learn of the removal', async () => !(await me.isMember(group)));
    await owner!.add(group, [me.inboxId]);
    await owner!.send(group, 'second time');
    await until('to be a member again', async () => (await me.sync(), await me.isMember(group)));
    await me.send(group, 'thank you');
    expectSame('what the member reads', await me.texts(group), ['first time', 'second time', 'thank you']);
    const all = ['first time', 'without you', 'second time', 'thank you'];
    expectSame('what the owner reads', await owner!.texts(group), all);
  },
};
