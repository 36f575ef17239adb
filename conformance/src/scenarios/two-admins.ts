import type { Person } from '../clients/person.ts';
import { expectSame } from './expect-same.ts';
import type { Scenario } from './scenario.ts';

export const twoAdmins: Scenario = {
  name: 'two admins at once',
  about: 'they rename the group and add members at the same moment, again and again: all agree in the end',
  needs: ['makeAdmin', 'rename', 'add', 'members'],
  async play({ open, peers, until }) {
    const [rounds, attempts] = [4, 5];
    const refused: string[] = [];
    const [me, [admin, ...others]] = [await open(), await peers(1 + 2 * rounds)];
    const group = await me.createGroup([admin!]);
    await me.makeAdmin(group, admin!.inboxId);
    await admin!.sync();
    /**
     * The SDK gives a change three tries against those of others. Then it calls itself refused, and retryable, although the
     * change may still come about (libxmtp 1.10, mls_sync.rs and error.rs). So who wants it looks, and asks again.
     */
    const addInTheEnd = async (person: Person, inboxId: string) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        try {
          return await person.add(group, [inboxId]);
        } catch (error) {
          refused.push(String(error));
          if ((await person.members(group)).includes(inboxId)) return;
        }
      }
    };
    for (let round = 0; round < rounds; round += 1) {
      const [left, right] = [others[2 * round]!, others[2 * round + 1]!];
      const outcomes = await Promise.allSettled([
        me.rename(group, `mine ${round}`),
        admin!.rename(group, `theirs ${round}`),
        addInTheEnd(me, left.inboxId),
        addInTheEnd(admin!, right.inboxId),
      ]);
      for (const outcome of outcomes) if (outcome.status === 'rejected') refused.push(String(outcome.reason));
    }
    const all = [me, admin!, ...others].map(({ inboxId }) => inboxId).toSorted();
    let seen: number[] = [];
    const everyone = async () => {
      seen = await Promise.all([me, admin!].map(async (person) => (await person.members(group)).length));
      return seen.every((count) => count === all.length);
    };
    const said = () => (refused.length === 0 ? 'no call was refused' : `refused: ${[...new Set(refused)].join('; ')}`);
    await until('everybody to be a member for both', everyone).catch((error: unknown) => {
      const counts = `${seen.join(' and ')} of ${all.length}`;
      throw new Error(`${String(error)}: they see ${counts} (${said().slice(0, 300)})`, { cause: error });
    });
    for (const person of [me, admin!]) expectSame('members', (await person.members(group)).toSorted(), all);
    expectSame('the name', await me.nameOf(group), await admin!.nameOf(group));
    await me.send(group, 'still one group');
    for (const other of [admin!, ...others]) {
      await other.sync();
      expectSame('the last word', (await other.texts(group)).at(-1), 'still one group');
    }
  },
};
