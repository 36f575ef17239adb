import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createDevnet } from '../src/index.ts';
import { createClient, createClients, createSigner, readTexts } from './clients.ts';
import { startProcess } from './command.ts';

test('kill -9 loses nothing that was acknowledged', async () => {
  const dataDir = await temporaryDirectory();
  const folder = await temporaryDirectory();
  const signer = createSigner();
  const first = await startProcess(['--data', dataDir]);
  const alice = await createClient(first, { signer, dbPath: join(folder, 'alice.db') });
  const [bob] = await createClients(first, 1);
  const dm = await alice.conversations.createDm(bob!.inboxId);
  const acknowledged: string[] = [];
  const stop = new AbortController();
  const sending = (async () => {
    for (let index = 0; !stop.signal.aborted; index++) {
      // The SDK gives up after two seconds; what it gave up may still arrive, but nobody was told so.
      const isSent = await dm.sendText(`${index}`).then(
        () => true,
        () => false,
      );
      if (isSent) acknowledged.push(`${index}`);
    }
  })();
  const reached = (count: number) =>
    waitFor(() => acknowledged.length >= count, { what: `${count} messages`, intervalMs: 1, timeoutMs: 30_000 });
  await reached(10);
  first.child.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  const second = await startProcess(['--data', dataDir, '--port', `${first.port}`]);
  const before = acknowledged.length;
  await reached(before + 3);
  stop.abort();
  await sending;

  await bob!.conversations.syncAll();
  const arrived = await readTexts(bob!.conversations.listDms()[0]!);
  expect(arrived.filter((text) => acknowledged.includes(text))).toEqual(acknowledged);
  const again = await createClient(second, { signer, dbPath: join(folder, 'alice.db') });
  expect(again.installationId).toBe(alice.installationId);
});

test('a second network on the same folder is refused', async () => {
  const dataDir = await temporaryDirectory();
  const network = await createDevnet({ dataDir });
  await expect(createDevnet({ dataDir })).rejects.toMatchObject({ code: 'CANNOT_OPEN_DATA' });
  await network.close();
  const next = await createDevnet({ dataDir });
  await next.close();
});
