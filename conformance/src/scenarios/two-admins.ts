import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const twoAdmins: Scenario = {
  name: 'two admins at once',
  about: 'they rename the group and add members at the same moment, again and again: all agree in the end',
  needs: ['makeAdmin', 'rename', 'add', 'members'],
  async play({ open, peers, until }) {
    const rounds = 4;
    const refused: string[] = [];
    const [me, [admin, ...others]] = [await open(), await peers(1 + 2 * rounds)];
    const group = await me.createGroup([admin!]);
    await me.makeAdmin(group, admin!.inboxId);
    await admin!.sync();
    for (let round = 0; round < rounds; round += 1) {
      const [left, right] = [others[2 * round]!, others[2 * round + 1]!];
      // A call may say that it did not see itself through although it did: only the outcome counts.
      const outcomes = await Promise.allSettled([
        me.rename(group, `mine ${round}`),
        admin!.rename(group, `theirs ${round}`),
        me.add(group, [left.inboxId]),
        admin!.add(group, [right.inboxId]),
      ]);
      for (const outcome of outcomes) if (outcome.status === 'rejected') refused.push(String(outcome.reason));
    }
    const all = [me, admin!, ...others].map(({ inboxId }) => inboxId).toSorted();
    const everyone = async () =>
      (await me.members(group)).length === all.length && (await admin!.members(group)).length === all.length;
    const said = refused.length === 0 ? 'no call was refused' : `refused: ${[...new Set(refused)].join('; ')}`;
    await until(`everybody to be a member for both (${said.slice(0, 300)})`, everyone);
    for (const person of [me, admin!]) expectSame('members', (await person.members(group)).toSorted(), all);
    expectSame('the name', await me.nameOf(group), await admin!.nameOf(group));
    await me.send(group, 'still one group');
    for (const other of [admin!, ...others]) {
      await other.sync();
      expectSame('the last word', (await other.texts(group)).at(-1), 'still one group');
    }
  },
};
