import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const directMessage: Scenario = {
  name: 'direct messages',
  about: 'two people write to each other, in order',
  needs: [],
  async play({ open, peers }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await me.createDm(peer!);
    for (const text of ['one', 'two']) await me.send(dm, text);
    const [theirs] = await peer!.conversations('dm');
    await peer!.send(theirs!, 'three');
    for (const person of [me, peer!]) {
      const [id] = await person.conversations('dm');
      expectSame('what was written', await person.texts(id!), ['one', 'two', 'three']);
    }
  },
};
