import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { encodeText } from '../content/encode-text.ts';
import { openJournal } from '../journal/open-journal.ts';
import type { Conversation, StoreMode } from '../sdk/conversation.ts';
import { createDigests } from './create-digests.ts';
import { createOutboundItem } from './create-outbound-item.ts';
import { createOutboundStore } from './create-outbound-store.ts';
import { createSendRecords } from './create-send-records.ts';

/** A journal on a disk that notes in `steps` when it is waited for, and may fail; a conversation that notes what it stores. */
async function setUp() {
  const control = { fails: false };
  const steps: string[] = [];
  const sync = () => {
    steps.push('disk');
    if (control.fails) throw new Error('the disk fails');
  };
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    disk: { syncNow: sync, sync: async () => sync() },
    onCommitFailure: () => undefined,
    commitAfterMs: 60_000,
  });
  onTestFinished(() => journal.close());
  const outbound = createOutboundStore(journal);
  const records = createSendRecords({
    journal,
    outbound,
    digests: createDigests(new Uint8Array(32)),
    findStored: async () => null,
    now: () => 1,
    random: () => 0,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const conversation = {
    async store(_: unknown, mode: StoreMode) {
      steps.push(mode);
      return 'aa';
    },
  } as unknown as Conversation;
  const item = (isDurable: boolean) =>
    createOutboundItem({
      rowId: null,
      idempotencyKey: isDurable ? 'k' : null,
      isDurable,
      requestDigest: '',
      contentDigest: '',
      conversationId: 'c',
      content: encodeText('hello'),
      messageId: null,
    });
  // The positions are reserved with the first row.
  journal.flush();
  outbound.remove(outbound.insert({ ...item(false), state: 'intent' }));
  journal.flush();
  steps.length = 0;
  return { control, steps, outbound, records, conversation, item };
}

test.each([
  [
    'what a sync may publish is on disk before it is stored, its id afterwards',
    true,
    'queued',
    ['disk', 'queued', 'disk'],
  ],
  ['what goes out by its id alone waits once, when it has its id', true, 'parked', ['parked', 'disk']],
  ['what nobody can ask for again waits for no disk', false, 'parked', ['parked']],
] as const)('%s', async (_, isDurable, mode, expected) => {
  const { records, steps, conversation, item, outbound } = await setUp();
  const send = item(isDurable);
  await records.announce([send], mode);
  await records.store(conversation, [send], mode);
  expect(steps).toEqual(expected);
  expect(send.messageId).toBe('aa');
  expect(outbound.byMessage('aa')?.state).toBe('stored');
});

test('a message whose key cannot be brought to the disk is given up before it could go out, and its key is free', async () => {
  const { records, conversation, item, outbound, control } = await setUp();
  const send = item(true);
  await records.announce([send], 'parked');
  control.fails = true;
  await records.store(conversation, [send], 'parked');
  expect(send.messageId).toBeNull();
  await expect(send.settled).resolves.toMatchObject({ status: 'failed', error: { code: 'SDK_FAILED' } });
  expect(outbound.byKey('k')).toBeNull();
});

test('one that was on disk before it was stored is kept, whatever the disk says of its id', async () => {
  const { records, conversation, item, control } = await setUp();
  const send = item(true);
  await records.announce([send], 'queued');
  control.fails = true;
  await records.store(conversation, [send], 'parked');
  expect(send.messageId).toBe('aa');
});
