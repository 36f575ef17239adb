import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { connected, createStage, type Page, request, operate, startServer } from './harness.ts';

interface Status {
  warnings: { message: string }[];
  allowlist: { state: string };
  journal: { pending: number; dropped: number; waiting: { reason: string; count: number; since: string }[] } | null;
}

test('what listed people write while the list cannot be read waits, and is heard once it can, after a start too', async () => {
  const stage = await createStage(['alice', 'bob', 'mallory']);
  onTestFinished(() => stage.close());
  const start = async (name: string) => {
    const server = await startServer(stage.config(name));
    onTestFinished(() => server.close());
    await connected(server.url);
    return server;
  };
  const [alice, mallory] = [await start('alice'), await start('mallory')];
  let bob = await start('bob');
  await operate(bob.url, 'POST', '/xmtp/allowlist', { name: 'alice.test.eth' });
  const list = join(stage.root, 'xmtp', stage.wallets['bob']!.toLowerCase(), 'allowlist.yaml');
  const good = await readFile(list, 'utf8');
  const status = async () => (await request<Status>(bob.url, 'GET', '/xmtp/status')).body;
  const send = (from: typeof alice, message: string) =>
    request(from.url, 'POST', '/xmtp/send', { to: stage.wallets['bob'], message });
  const heard = async () =>
    (await request<Page>(bob.url, 'GET', '/xmtp/messages')).body.messages.map(
      ({ text }) => /ALPHA|BRAVO|CHARLIE/u.exec(text!)?.[0],
    );

  await writeFile(list, 'not: [a list');
  await waitFor(async () => (await status()).allowlist.state === 'unreadable');
  for (const text of ['ALPHA', 'BRAVO']) expect((await send(alice, text)).status).toBe(200);
  await send(mallory, 'let me in');
  await waitFor(async () => (await status()).journal?.waiting[0]?.count === 3);
  const doubtful = await status();
  expect(doubtful.journal).toMatchObject({ pending: 0, dropped: 0, waiting: [{ reason: 'allowlist-unreadable' }] });
  expect(doubtful.warnings.map(({ message }) => message).join('\n')).toMatch(
    /3 received messages can be neither .*: the allowlist cannot be read\./u,
  );

  await bob.close();
  await send(alice, 'CHARLIE');
  bob = await start('bob');
  await waitFor(async () => (await status()).journal?.waiting[0]?.count === 4);
  expect(await heard()).toEqual([]);

  await writeFile(list, good);
  await waitFor(async () => (await status()).journal?.pending === 3);
  expect(await heard()).toEqual(['ALPHA', 'BRAVO', 'CHARLIE']);
  await waitFor(async () => (await status()).journal?.dropped === 1);
  expect((await status()).journal?.waiting).toEqual([]);
});
