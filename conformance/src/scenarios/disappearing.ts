import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const disappearing: Scenario = {
  name: 'disappearing messages',
  about: 'what is to disappear does, for both, and what was written before stays',
  needs: ['disappear'],
  async play({ open, peers, until }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await me.createDm(peer!);
    await me.send(dm, 'stays');
    await me.disappear(dm, 1_500);
    const [theirs] = await peer!.conversations('dm');
    await me.send(dm, 'goes');
    expectSame('at first', await peer!.texts(theirs!), ['stays', 'goes']);
    const isGone = (texts: string[]) => texts.length === 1 && texts[0] === 'stays';
    await until('the message to disappear for its sender', async () => isGone(await me.texts(dm)));
    await until('the message to disappear for the peer', async () => isGone(await peer!.texts(theirs!)));
  },
};
