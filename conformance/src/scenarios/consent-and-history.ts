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
