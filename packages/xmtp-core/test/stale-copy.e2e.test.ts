import { cpSync, readFileSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { testProtocol } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../src/index.ts';
import { createHome, createPerson, killAt, open, type OpenOptions, received, startNetwork } from './stage.ts';

describe.each([testProtocol] as const)('on %s', (protocol) => {
  let devnet: Devnet;
  let bob: Mailbox;
  const openHere = (options: OpenOptions = {}) => open(devnet.url, options);

  beforeAll(async () => {
    devnet = await createDevnet({ protocol });
  });
  afterAll(() => devnet.close());

  /** A home that was used for one message in each direction, closed, and a copy of it. */
  async function usedHome() {
    const [home, old, person] = [await createHome(), join(await createHome(), 'old'), createPerson()];
    bob = await openHere();
    const say = async (text: string, from = alice) => await from.send({ to: { address: bob.address }, text });
    let alice = await openHere({ home, person });
    await say('first');
    await received(bob, 1);
    await bob.send({ to: { address: alice.address }, text: 'answer' });
    await received(alice, 1);
    await alice.close();
    cpSync(home, old, { recursive: true });
    return {
      home,
      person,
      reopen: async () => (alice = await openHere({ home, person })),
      sayMore: async (...texts: string[]) => {
        alice = await openHere({ home, person });
        for (const text of texts) await say(text);
        await alice.close();
      },
      putBack: (isWanted: (name: string) => boolean = () => true) => {
        for (const name of readdirSync(home)) if (isWanted(name)) rmSync(join(home, name));
        for (const name of readdirSync(old)) if (isWanted(name)) cpSync(join(old, name), join(home, name));
      },
      state: () => JSON.parse(readFileSync(join(home, 'state.json'), 'utf8')) as object,
    };
  }
  const ofDatabase = (name: string) => name.startsWith('xmtp.db');

  test.each([
    ['the whole home', () => true],
    ['the database alone', ofDatabase],
  ])('an older copy of %s is refused for good, and nothing is sent from it', async (_, isWanted) => {
    const { sayMore, putBack, reopen, state } = await usedHome();
    await sayMore('second', 'third');
    putBack(isWanted);
    await expect(reopen()).rejects.toMatchObject({ name: 'MailboxError', code: 'STALE_COPY', retryable: false });
    // What showed it may be fetched by now.
    await expect(reopen()).rejects.toMatchObject({ code: 'STALE_COPY' });
    expect(state()).toMatchObject({ version: 2, ended: { code: 'STALE_COPY' } });
    expect((await received(bob, 3)).map(({ text }) => text)).toEqual(['first', 'second', 'third']);
  });

  test('it is seen behind what others have written since, too', async () => {
    const { sayMore, putBack, reopen, person } = await usedHome();
    await sayMore('second');
    await bob.send({ to: { address: person.address }, text: 'another answer' });
    putBack();
    await expect(reopen()).rejects.toMatchObject({ code: 'STALE_COPY' });
  });

  test('a copy from which nothing was sent since is as good as the home', async () => {
    const { putBack, reopen, person } = await usedHome();
    await bob.send({ to: { address: person.address }, text: 'another answer' });
    putBack();
    const alice = await reopen();
    await alice.send({ to: { address: bob.address }, text: 'second' });
    expect((await received(bob, 2)).map(({ text }) => text)).toEqual(['first', 'second']);
    expect((await received(alice, 2)).map(({ text }) => text)).toEqual(['answer', 'another answer']);
  });

  test('what another installation of the same inbox wrote tells nothing', async () => {
    const { reopen, person } = await usedHome();
    const other = await openHere({ person });
    await other.send({ to: { address: bob.address }, text: 'from elsewhere' });
    await received(bob, 2);
    const alice = await reopen();
    await alice.send({ to: { address: bob.address }, text: 'second' });
    expect((await received(bob, 3)).map(({ text }) => text)).toEqual(['first', 'from elsewhere', 'second']);
  });

  test('a journal that comes from its copy tells nothing', async () => {
    const { home, sayMore, reopen, person } = await usedHome();
    await sayMore('second');
    await bob.send({ to: { address: person.address }, text: 'another answer' });
    truncateSync(join(home, 'journal.db'), 5_000);
    expect((await reopen()).status().losses).toMatchObject([{ code: 'JOURNAL_RESTORED' }]);
  });
});

test.each(['publish:during', 'publish:after'])(
  'kill -9 at %s tells nothing, not even when the journal is lost with it',
  async (point) => {
    const devnet = await startNetwork();
    const to = await open(devnet.url);
    const [home, person] = [await createHome(), createPerson()];
    await killAt(point, { url: devnet.url, home, person, to: to.address, keys: ['a', 'b'] });
    for (const name of readdirSync(home)) if (name.startsWith('journal')) rmSync(join(home, name));
    const again = await open(devnet.url, { home, person, bell: false });
    expect(again.status()).toMatchObject({ state: 'connected', losses: [{ code: 'JOURNAL_LOST' }] });
  },
);
