import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const killed: Scenario = {
  name: 'kill -9 of the network',
  about: 'nothing that it had acknowledged is lost, and everybody goes on',
  needs: [],
  network: 'killed',
  async play({ network, open, peers, until }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await me.createDm(peer!);
    const sent: string[] = [];
    const send = async (text: string) => {
      await me.send(dm, text);
      sent.push(text);
    };
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 5; index += 1) await send(`${round}/${index}`);
      await network.killAndRestart!();
      // The first call may still meet the connection of before.
      await until(
        'the network to be back',
        async () =>
          await peer!.sync().then(
            () => true,
            () => false,
          ),
      );
      await until(
        'the client to be back',
        async () =>
          await me.sync().then(
            () => true,
            () => false,
          ),
      );
    }
    await send('after all');
    const [theirs] = await peer!.conversations('dm');
    await until('all that was sent', async () => (await peer!.texts(theirs!)).length >= sent.length);
    expectSame('what arrived', await peer!.texts(theirs!), sent);
  },
};
