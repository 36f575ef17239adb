import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

const size = 50;

export const fiftyMembers: Scenario = {
  name: 'group of fifty',
  about: 'everybody is in it, hears the one who made it, and is heard',
  needs: ['createGroup'],
  async play({ open, peers }) {
    const [me, others] = [await open(), await peers(size - 1)];
    const group = await me.createGroup(others);
    await me.send(group, 'to all of you');
    expectSame('members', (await me.members(group)).length, size);
    for (const other of others) {
      await other.sync();
      expectSame('what a member sees', await other.texts(group), ['to all of you']);
    }
    for (let index = 0; index < others.length; index += 10) await others[index]!.send(group, `from ${index}`);
    const answers = ['from 0', 'from 10', 'from 20', 'from 30', 'from 40'];
    expectSame('answers', (await me.texts(group)).toSorted(), [...answers, 'to all of you']);
  },
};

export const twoAdmins: Scenario = {
  name: 'two admins at once',
  about: 'they rename the group and add members at the same moment, again and again: all agree in the end',
  needs: ['makeAdmin', 'rename', 'add', 'members'],
  async play({ open, peers, until }) {
    const rounds = 4;
    const [me, [admin, ...others]] = [await open(), await peers(1 + 2 * rounds)];
    const group = await me.createGroup([admin!]);
    await me.makeAdmin(group, admin!.inboxId);
    await admin!.sync();
    for (let round = 0; round < rounds; round += 1) {
      const [left, right] = [others[2 * round]!, others[2 * round + 1]!];
      // A call may say that it did not see itself through although it did: only the outcome counts.
      await Promise.allSettled([
        me.rename(group, `mine ${round}`),
        admin!.rename(group, `theirs ${round}`),
        me.add(group, [left.inboxId]),
        admin!.add(group, [right.inboxId]),
      ]);
    }
    const all = [me, admin!, ...others].map(({ inboxId }) => inboxId).toSorted();
    const everyone = async () =>
      (await me.members(group)).length === all.length && (await admin!.members(group)).length === all.length;
    await until('everybody to be a member for both', everyone);
    for (const person of [me, admin!]) expectSame('members', (await person.members(group)).toSorted(), all);
    expectSame('the name', await me.nameOf(group), await admin!.nameOf(group));
    await me.send(group, 'still one group');
    for (const other of [admin!, ...others]) {
      await other.sync();
      expectSame('the last word', (await other.texts(group)).at(-1), 'still one group');
    }
  },
};

export const comeAndGo: Scenario = {
  name: 'removed and added again',
  about: 'a member reads what was written while it was one, nothing of the time between, and writes again',
  needs: ['isMember'],
  async play({ open, peers, until }) {
    const [me, [owner]] = [await open(), await peers(1)];
    const group = await owner!.createGroup([me]);
    await owner!.send(group, 'first time');
    await me.sync();
    expectSame('as a member', await me.texts(group), ['first time']);
    await owner!.remove(group, [me.inboxId]);
    await owner!.send(group, 'without you');
    await until('to learn of the removal', async () => !(await me.isMember(group)));
    await owner!.add(group, [me.inboxId]);
    await owner!.send(group, 'second time');
    await until('to be a member again', async () => (await me.sync(), await me.isMember(group)));
    await me.send(group, 'thank you');
    expectSame('what the member reads', await me.texts(group), ['first time', 'second time', 'thank you']);
    const all = ['first time', 'without you', 'second time', 'thank you'];
    expectSame('what the owner reads', await owner!.texts(group), all);
  },
};

export const disappearing: Scenario = {
  name: 'disappearing messages',
  about: 'what is to disappear does, for both, and what was written before stays',
  needs: ['disappear'],
  async play({ open, peers, until }) {
    const [me, [peer]] = [await open(), await peers(1)];
    const dm = await me.createDm(peer!);
    await me.send(dm, 'stays');
    await me.disappear(dm, 1_500);
    const [theirs] = await peer!.conversations('dm');
    await me.send(dm, 'goes');
    expectSame('at first', await peer!.texts(theirs!), ['stays', 'goes']);
    const isGone = (texts: string[]) => texts.length === 1 && texts[0] === 'stays';
    await until('the message to disappear for its sender', async () => isGone(await me.texts(dm)));
    await until('the message to disappear for the peer', async () => isGone(await peer!.texts(theirs!)));
  },
};
