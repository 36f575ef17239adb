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

export const streams: Scenario = {
  name: 'streams',
  about: 'messages of old and new conversations arrive on an open stream',
  needs: ['stream'],
  async play({ open, peers, until }) {
    const [me, [old, fresh]] = [await open(), await peers(2)];
    const dm = await old!.createDm(me);
    await old!.send(dm, 'before');
    await me.sync();
    await me.stream();
    await old!.send(dm, 'in an old one');
    const group = await fresh!.createGroup([me]);
    await fresh!.send(group, 'in a new one');
    const heard = async () => {
      const texts = await me.heard();
      return texts.includes('in an old one') && texts.includes('in a new one');
    };
    await until('both messages on the stream', heard);
  },
};

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

const waiting = 1_000;
/** What one publishing call of the SDK takes on the decentralised network. */
const atOnce = 90;

export const backlog: Scenario = {
  name: '1,000 messages',
  about: 'a member who was away finds all that was written, in order',
  needs: [],
  async play({ open, peers, until }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await peer!.createDm(me);
    const texts = Array.from({ length: waiting }, (_, index) => `${index}`);
    for (let start = 0; start < waiting; start += atOnce) {
      await peer!.sendMany(dm, texts.slice(start, start + atOnce));
    }
    const [mine] = await me.conversations('dm');
    let seen: string[] = [];
    await until('all messages', async () => (seen = await me.texts(mine!)).length >= waiting, 60_000);
    expectSame('the messages', seen, texts);
  },
};
