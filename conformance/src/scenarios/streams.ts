import type { Scenario } from './scenario.ts';

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
