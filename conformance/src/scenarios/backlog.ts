import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

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
