import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const keyPackages: Scenario = {
  name: 'key-package rotation',
  about: 'who was welcomed with a key package makes a new one, and is welcomed with both',
  needs: [],
  async play({ open, peers, until }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const before = await peer!.keyPackageSince(me.installationId);
    const first = await peer!.createGroup([me]);
    await until('a new key package', async () => {
      await me.sync();
      return (await peer!.keyPackageSince(me.installationId)) > before;
    });
    const second = await peer!.createGroup([me]);
    for (const group of [first, second]) await peer!.send(group, `in ${group}`);
    await me.sync();
    for (const group of [first, second]) expectSame('the text', await me.texts(group), [`in ${group}`]);
  },
};
