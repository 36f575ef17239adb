import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { moveHome } from '../src/index.ts';
import { requestOf } from './request-of.ts';
import { createHome, createPerson, killAt, open, received, startNetwork } from './stage.ts';

test('a home is moved with what waits in either direction; what is left behind refuses', async () => {
  const { url } = await startNetwork();
  const bob = await open(url);
  const [home, to, person] = [await createHome(), join(await createHome(), 'moved'), createPerson()];
  const before = await open(url, { home, person });
  await expect(moveHome({ home, to })).rejects.toMatchObject({ code: 'LOCKED_BY_OTHER' });
  await before.send(requestOf('first', bob.address));
  await received(bob, 1);
  await bob.send({ to: { address: person.address }, text: 'not taken yet' });
  const [pending] = await received(before, 1);
  await before.close();
  await killAt('publish:before', { url, home, person, to: bob.address, keys: ['a', 'b'] });
  await bob.send({ to: { address: person.address }, text: 'while it is away' });

  expect(await moveHome({ home, to })).toMatchObject({ moved: true, to, address: person.address });
  expect(statSync(to).mode & 0o777).toBe(0o700);
  await expect(open(url, { home, person })).rejects.toMatchObject({ code: 'MOVED', retryable: false });
  // Asked again, it says so.
  expect(await moveHome({ home, to })).toMatchObject({ moved: false });
  await expect(moveHome({ home, to: `${to}-2` })).rejects.toMatchObject({ code: 'MOVED' });

  const after = await open(url, { home: to, person });
  expect((await received(after, 2)).map(({ text, state }) => [text, state])).toEqual([
    ['not taken yet', 'pending'],
    ['while it is away', 'pending'],
  ]);
  expect((await after.inbox.list({ limit: 1 }))[0]?.messageId).toBe(pending?.messageId);
  expect(await after.send(requestOf('first', bob.address))).toMatchObject({ status: 'sent', replayed: true });
  await after.send({ to: { address: bob.address }, text: 'end' });
  const texts = (await received(bob, 4)).map(({ text }) => text);
  expect(texts).toEqual(['text of first', 'text of a', 'text of b', 'end']);
  expect(after.status()).toMatchObject({ installations: { used: 1 } });
});

test('a move that was cut off goes on; one that cannot be changes nothing', async () => {
  const { url } = await startNetwork();
  const [home, to, person] = [await createHome(), join(await createHome(), 'moved'), createPerson()];
  await (await open(url, { home, person })).close();
  const state = () => readFileSync(join(home, 'state.json'), 'utf8');
  const sound = state();
  for (const place of [home, join(home, 'inside'), join(home, '..'), await createHome(), join(to, 'none', 'there')]) {
    await expect(moveHome({ home, to: place })).rejects.toMatchObject({ name: 'MailboxError' });
  }
  await expect(moveHome({ home: await createHome(), to })).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  expect(state()).toBe(sound);

  await moveHome({ home, to });
  // Killed behind the fence, and before the moved home was put in its place.
  renameSync(to, `${to}.partial`);
  expect(await moveHome({ home, to })).toMatchObject({ moved: true });
  expect(readdirSync(to)).toEqual(expect.arrayContaining(['xmtp.db', 'journal.db', 'state.json', 'encryption.key']));
  expect((await open(url, { home: to, person })).status().state).toBe('connected');
});
