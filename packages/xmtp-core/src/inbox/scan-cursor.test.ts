import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../journal/open-journal.ts';
import { hasCursor, readCursor, writeCursor } from './scan-cursor.ts';

async function setUp() {
  const journal = openJournal({
    path: join(await temporaryDirectory(), 'journal.db'),
    onCommitFailure: () => undefined,
  });
  onTestFinished(() => journal.close());
  return journal;
}
const nanoseconds = (ms: number) => BigInt(ms) * 1_000_000n;

test('a new journal reads everything', async () => {
  const journal = await setUp();
  expect([hasCursor(journal), readCursor(journal)]).toEqual([false, 0n]);
});

test('a scan reads from a minute before the last one began: rows may become visible late', async () => {
  const journal = await setUp();
  const startedAt = Date.now() - 1_000_000;
  expect(writeCursor(journal, startedAt)).toBe(nanoseconds(startedAt - 60_000));
  expect(readCursor(journal)).toBe(nanoseconds(startedAt - 60_000));
});

test('after the clock was set back it still reads what is inserted from now on', async () => {
  const journal = await setUp();
  writeCursor(journal, Date.now() + 3_600_000);
  expect(readCursor(journal)).toBeLessThanOrEqual(nanoseconds(Date.now() - 60_000));
});

test.each([-3_600_000, 3_600_000, -60_000])(
  'whatever was inserted since a clock stepped by %i ms is read',
  async (step) => {
    const journal = await setUp();
    const scannedAt = 1_800_000_000_000;
    writeCursor(journal, scannedAt);
    // The clock steps right after the scan began, and the next one is two minutes later.
    const sinceMs = 120_000;
    const now = () => scannedAt + step + sinceMs;
    expect(readCursor(journal, { now, sinceMs })).toBeLessThanOrEqual(nanoseconds(scannedAt + step));
    // A new process knows no more than its clock.
    expect(readCursor(journal, { now })).toBeLessThanOrEqual(nanoseconds(scannedAt + step));
  },
);
