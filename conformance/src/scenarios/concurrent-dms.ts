import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const concurrentDms: Scenario = {
  name: 'concurrent direct messages',
  about: 'both make the conversation at the same moment: it is one, with the texts of both',
  needs: ['conversations'],
  async play({ open, peers }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const [mine, theirs] = await Promise.all([me.createDm(peer!), peer!.createDm(me)]);
    await Promise.all([me.send(mine, 'from me'), peer!.send(theirs, 'from the peer')]);
    for (const person of [me, peer!]) {
      // The welcome of one conversation, then what was written in it.
      await person.sync();
      const conversations = await person.conversations('dm');
      expectSame('conversations', conversations.length, 1);
      const texts = await person.texts(conversations[0]!);
      expectSame('texts of both', texts.toSorted(), ['from me', 'from the peer']);
    }
  },
};
