import { expect, onTestFinished, test } from 'vitest';
import { inMemory } from '../journal/open-database.ts';
import { openJournal } from '../journal/open-journal.ts';
import { openStandings } from './open-standings.ts';

const hour = 3_600_000;
const ann = `0x${'a1'.repeat(20)}` as const;

/** Our clock is `skew` ahead of the network's, which begins at one million hours. */
async function setUp(skew = 0) {
  const journal = openJournal({ path: inMemory, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  let network = 1_000_000 * hour;
  const listed = new Set<string>();
  const lost = { until: 0 };
  const { standings } = await openStandings({
    journal,
    lists: () => ({ mode: 'closed', listed: new Set(listed), denied: new Set() }),
    knocks: 'shown',
    keepMs: 24 * hour,
    lostUntil: () => lost.until,
    steady: () => network + skew,
  });
  const judge = (sentAt: number) =>
    standings.judge({
      senderInboxId: 'ann',
      senderAddresses: [ann],
      sentAt,
      conversationType: 'dm',
      conversationId: 'c',
    });
  const list = async () => {
    listed.add(ann);
    await standings.update();
  };
  return { standings, judge, list, listed, lost, pass: (ms: number) => (network += ms), now: () => network };
}

test('a message that lay there for hours says nothing of the clocks', async () => {
  const { standings, judge, list, pass, now } = await setUp();
  standings.noteStamp(now() - 3 * hour, Infinity);
  pass(60_000);
  await list();
  expect([judge(now() - hour), judge(now() - 1), judge(now())]).toEqual(['knock', 'knock', 'heard']);
});

test.each([2 * hour, -2 * hour])('a clock that is %i ms off is seen by a message that came at once', async (skew) => {
  const { standings, judge, list, pass, now } = await setUp(skew);
  standings.noteStamp(now() - 5 * hour, Infinity);
  standings.noteStamp(now() - 100, 1_000);
  pass(60_000);
  await list();
  // To the second: what was sent a moment before is heard rather than dropped.
  expect([judge(now() - 1_000), judge(now())]).toEqual(['knock', 'heard']);
});

test('a message that waited longer than we knew is found out by the next', async () => {
  const { standings, judge, list, now } = await setUp();
  standings.noteStamp(now() - hour, 1_000);
  standings.noteStamp(now() - 50, 1_000);
  await list();
  expect([judge(now() - 1), judge(now())]).toEqual(['knock', 'heard']);
});

test('what was sent before a part that is lost, or longer ago than knocks are kept, is dropped', async () => {
  const { judge, list, lost, pass, now } = await setUp();
  pass(25 * hour);
  await list();
  expect([judge(now() - 24 * hour - 1), judge(now() - 24 * hour)]).toEqual(['dropped', 'knock']);
  lost.until = now() - hour;
  expect([judge(now() - hour), judge(now() - hour + 1)]).toEqual(['dropped', 'knock']);
});

test('what was sent before a list changed is judged so by whoever looks first, compared or not', async () => {
  const { judge, listed, pass, now } = await setUp();
  pass(60_000);
  listed.add(ann);
  expect([judge(now() - 1_000), judge(now() + 1_000)]).toEqual(['knock', 'heard']);
});
