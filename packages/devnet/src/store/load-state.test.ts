import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createStore } from './create-store.ts';

const openStore = (loadFrom?: string) => {
  const store = createStore({ loadFrom, now: () => 1_000 });
  onTestFinished(() => store.close());
  return store;
};

const toMessage = (text: string) => ({
  groupId: Uint8Array.of(1),
  data: Buffer.from(text),
  senderHmac: Uint8Array.of(),
  shouldPush: false,
  isCommit: false,
});

const textsOf = (store: ReturnType<typeof openStore>) =>
  store.groupMessages
    .page(Uint8Array.of(1), { descending: false, limit: 100, cursor: null })
    .map(({ version }) => Buffer.from((version as { value: { data: Uint8Array } }).value.data).toString());

test('an id is never given twice, neither after a revert nor in the state that is written then', async () => {
  const path = join(await temporaryDirectory(), 'state');
  const store = openStore();
  store.groupMessages.insert(toMessage('kept'));
  const id = store.snapshots.take();
  store.settings.setAdvancedMs(5);
  const later = store.snapshots.take();
  store.groupMessages.insert(toMessage('taken back'));
  store.keyPackages.put(Uint8Array.of(7), Uint8Array.of(8));
  store.snapshots.revert(id);
  expect([textsOf(store), store.settings.advancedMs(), store.counts()['installations']]).toEqual([['kept'], 0, 0]);
  expect(() => store.snapshots.revert(later)).toThrow(/no such snapshot/);
  await store.dump(path);
  for (const next of [store, openStore(path)]) {
    expect(next.groupMessages.insert(toMessage('new'))).toBe(4n);
    expect(textsOf(next)).toEqual(['kept', 'new']);
  }
});

test('a state of a newer format, or of another program, is not read; a write that fails leaves the old one', async () => {
  const folder = await temporaryDirectory();
  const path = join(folder, 'state');
  const store = openStore();
  await store.dump(path);
  const change = (sql: string) => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };
  change('pragma user_version = 1000');
  expect(() => openStore(path)).toThrow(/newer devnet wrote it/);
  change('pragma user_version = 1; pragma application_id = 7');
  expect(() => openStore(path)).toThrow(/did not write it/);
  expect(() => openStore(join(folder, 'none'))).toThrow(/There is none/);
  expect(() => openStore(folder)).toThrow(/not a file/);

  const before = await readFile(path);
  await expect(store.dump(join(folder, 'no', 'folder'))).rejects.toMatchObject({ code: 'CANNOT_WRITE_STATE' });
  const closed = createStore({ now: () => 1_000 });
  closed.close();
  await expect(closed.dump(path)).rejects.toMatchObject({ code: 'CANNOT_WRITE_STATE' });
  expect(await readFile(path)).toEqual(before);
  expect(await readdir(folder)).toEqual(['state']);
  await writeFile(path, '');
  expect(() => openStore(path)).toThrow(/There is none, or it is empty/);
});
