import { expect, onTestFinished, test } from 'vitest';
import { inMemory } from '../journal/open-database.ts';
import { openJournal } from '../journal/open-journal.ts';
import { createDroppedStore } from './create-dropped-store.ts';

test('what strangers fill the list with is forgotten before what was dropped of people on the list', () => {
  const journal = openJournal({ path: inMemory, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  const store = createDroppedStore(journal);
  let at = 0;
  const drop = (senderInboxId: string, isStranger: boolean) => {
    at += 1;
    const how = { senderInboxId, senderAddresses: [], reason: 'too-large', at, isStranger };
    store.drop({ messageId: `m-${at}`, insertedNs: 0n }, how);
  };
  drop('friend', false);
  for (let n = 0; n < 10_005; n += 1) drop(`stranger-${n}`, true);
  store.prune(1n);
  const rows = store.dropped();
  expect(rows).toHaveLength(10_000);
  expect(rows[0]).toMatchObject({ senderInboxId: 'friend', isStranger: false });
  expect([rows[1]?.senderInboxId, rows.at(-1)?.senderInboxId]).toEqual(['stranger-10004', 'stranger-6']);
});
