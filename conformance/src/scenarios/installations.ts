import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const consentAndHistory: Scenario = {
  name: 'consent and history',
  about: 'a second installation of the inbox gets what was written before, and what was denied',
  needs: ['syncDevices', 'sendHistory', 'takeHistory', 'deny', 'isDenied'],
  async play({ network, open, peers, until }) {
    const [friend, stranger] = await peers(2);
    const old = await open({ deviceSync: true });
    const dm = await old.createDm(friend!);
    await old.send(dm, 'before the second one');
    await stranger!.send(await stranger!.createDm(old), 'let me in');
    await old.sync();
    const unwanted = (await old.conversations('dm')).find((id) => id !== dm)!;
    const fresh = await open({ same: old, deviceSync: true });
    const pin = '123';
    // The old installation takes the new one into their common group in its own time.
    await until('the history', async () => {
      await old.syncDevices();
      await old.sendHistory(network.historyUrl, pin);
      await fresh.syncDevices();
      return await fresh.takeHistory(pin).then(
        () => true,
        () => false,
      );
    });
    await fresh.sync();
    const texts = async (id: string): Promise<string[]> => await fresh.texts(id).catch(() => []);
    await until('what was written before', async () => (await texts(dm)).includes('before the second one'));
    await old.deny(unwanted);
    await until('the denial to arrive', async () => {
      await old.syncDevices();
      await fresh.syncDevices();
      return await fresh.isDenied(unwanted).catch(() => false);
    });
  },
};

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
