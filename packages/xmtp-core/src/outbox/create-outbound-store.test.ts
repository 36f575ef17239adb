import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { failToCommit } from '../../test/fail-to-commit.ts';
import { openJournal } from '../journal/open-journal.ts';
import { createOutboundStore } from './create-outbound-store.ts';

test('what became of a send is written although the commit that made its row failed', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = openJournal({ path, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
  onTestFinished(() => journal.close());
  const outbound = createOutboundStore(journal);
  const facts = { idempotencyKey: 'k', requestDigest: 'r', contentDigest: 'c', conversationId: 'c', createdAt: 1 };
  const id = outbound.insert({ ...facts, messageId: null, state: 'intent' });
  failToCommit(journal);
  expect(outbound.byKey('k')).toBeNull();
  outbound.record({ ...facts, id, messageId: 'm', state: 'stored', settledAt: null });
  journal.flush();
  expect(outbound.byKey('k')).toEqual({ ...facts, id, messageId: 'm', state: 'stored' });
  failToCommit(journal);
  outbound.record({ ...facts, id, messageId: 'm', state: 'sent', settledAt: 5 });
  expect(outbound.byKey('k')).toMatchObject({ id, messageId: 'm', state: 'sent' });
});
