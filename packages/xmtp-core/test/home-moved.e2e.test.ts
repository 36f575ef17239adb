import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { received, sendUntilStored } from './stage.ts';
import { prepareUsedHome } from './used-home.ts';

const { copy, openAt } = prepareUsedHome();

const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const contentOf = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, digestOf(join(folder, name))]));

test('a mailbox whose home was moved or replaced takes nothing, writes nothing there, and goes on when it is back', async () => {
  const { home, reopen, events } = await copy();
  const [mailbox, peer] = [await reopen(), await openAt(join(dirname(home), 'peer'))];
  const say = (text: string) => sendUntilStored(peer, { to: { address: mailbox.address }, text, idempotencyKey: text });
  const send = (key: string) => mailbox.send({ to: { address: peer.address }, text: key, idempotencyKey: key });
  const elsewhere = `${home}-elsewhere`;
  const refusesAll = async (why: string) => {
    const { state, reason } = mailbox.status();
    expect({ state, ...reason }).toMatchObject({ state: 'failed', code: 'PATH_MOVED' });
    expect(reason?.hint).toContain(`${home}: ${why}`);
    await expect(send('away')).rejects.toMatchObject({ code: 'PATH_MOVED', retryable: true });
    expect(() => mailbox.inbox.ack(first!.messageId)).toThrow(expect.objectContaining({ code: 'PATH_MOVED' }));
    // A sync comes to nothing, however often it is asked for.
    await mailbox.prune().catch(() => undefined);
  };
  await say('before');
  const [first] = await received(mailbox, 1);

  renameSync(home, elsewhere);
  await say('meanwhile');
  await refusesAll('nothing is there');
  expect(existsSync(home)).toBe(false);

  cpSync(elsewhere, home, { recursive: true });
  const taken = contentOf(home);
  await refusesAll('something else is there');
  await expect(openAt(elsewhere)).rejects.toMatchObject({ code: 'LOCKED_BY_OTHER' });
  expect(contentOf(home)).toEqual(taken);
  expect(mailbox.inbox.lastSeq()).toBe(1);

  rmSync(home, { recursive: true });
  renameSync(elsewhere, home);
  await mailbox.prune();
  await received(mailbox, 2);
  expect(mailbox.status().state).toBe('connected');
  await send('away');
  expect(mailbox.inbox.ack(first!.messageId)).toBe(true);
  const told = events.map(({ name }) => name).filter((name) => name.startsWith('home-'));
  expect(told).toEqual(['home-moved', 'home-back']);

  renameSync(home, elsewhere);
  cpSync(elsewhere, home, { recursive: true });
  const another = contentOf(home);
  await mailbox.close({ timeoutMs: 500 });
  expect(contentOf(home)).toEqual(another);
  rmSync(home, { recursive: true });
  // A link to it is another place, but the home is at hand.
  symlinkSync(elsewhere, home);
  await expect(reopen()).rejects.toMatchObject({ code: 'FILE_UNSAFE' });
  rmSync(home);
  renameSync(elsewhere, home);
  expect(await (await reopen()).inbox.list()).toHaveLength(2);
});
