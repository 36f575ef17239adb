import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test as table } from 'vitest';
import { inMemory } from '../journal/open-database.ts';
import { type Journal, openJournal } from '../journal/open-journal.ts';
import { pieceKeys } from './create-standing-book.ts';
import { type Judgement, openStandings, type Standings } from './open-standings.ts';

const start = 1_000_000_000;
const addressOf = (index: number) => `0x${index.toString(16).padStart(40, '0')}` as const;
const many = Array.from({ length: 10 * pieceKeys }, (_, index) => addressOf(index + 1));
const [first, last] = [many[0]!, many.at(-1)!];

function open(path: string = inMemory): Journal {
  const journal = openJournal({ path, onCommitFailure: () => undefined });
  onTestFinished(() => journal.close());
  return journal;
}

/** Turns that are given by hand; after `free` they come by themselves. */
function createTurns() {
  let waiting: (() => void)[] = [];
  let isFree = false;
  return {
    pause: () => (isFree ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push(resolve))),
    async next() {
      const now = waiting;
      waiting = [];
      for (const resolve of now) resolve();
      await new Promise(setImmediate);
    },
    free() {
      isFree = true;
      return this.next();
    },
  };
}

const judge = (standings: Standings, address: `0x${string}`, sentAt: number): Judgement =>
  standings.judge({
    senderInboxId: address,
    senderAddresses: [address],
    sentAt,
    conversationType: 'dm',
    conversationId: 'c',
  });

async function setUp(options: { journal: Journal; pause?: () => Promise<void>; knocks?: 'dropped' | 'shown' }) {
  const lists = { listed: new Set<string>(), denied: new Set<string>() };
  const clock = { now: start };
  const { standings } = await openStandings({
    lists: () => ({ mode: 'closed', ...lists }),
    knocks: 'shown',
    steady: () => clock.now,
    ...options,
  });
  return { lists, clock, standings };
}

const standingsIn = (journal: Journal) =>
  Number(journal.prepare('select count(*) as count from standings').get()!['count']);

table(
  'a list that grows by thousands is compared in pieces, and whoever writes in between is judged by all of it',
  async () => {
    const journal = open();
    const turns = createTurns();
    const { lists, clock, standings } = await setUp({ journal, pause: turns.pause });
    clock.now += 60_000;
    lists.listed = new Set(many);
    const done = standings.update();
    // The last of the list is not compared yet.
    expect([clock.now - 1, clock.now].map((sentAt) => judge(standings, last, sentAt))).toEqual(['knock', 'heard']);
    const written = [standingsIn(journal)];
    clock.now += 60_000;
    // The lists are not seen to be what they were until all of it is written.
    standings.seen();
    expect(Number(journal.getMeta('lists-seen-at'))).toBe(start);
    while (written.at(-1)! < many.length) {
      await turns.next();
      written.push(standingsIn(journal));
    }
    const pieces = written.slice(1).map((count, index) => count - written[index]!);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(pieceKeys);
    await turns.free();
    await done;
    expect(Number(journal.getMeta('lists-seen-at'))).toBe(start + 60_000);
    expect(judge(standings, last, start + 59_999)).toBe('knock');
  },
);

table('what a crash left of a long list is done by the next start, in doubt for who is heard', async () => {
  const path = join(await temporaryDirectory(), 'journal.db');
  const journal = open(path);
  const turns = createTurns();
  const { lists, clock, standings } = await setUp({ journal, pause: turns.pause });
  clock.now += 60_000;
  standings.seen();
  clock.now += 60_000;
  lists.listed = new Set(many);
  lists.denied = new Set([first]);
  standings.update().catch(() => undefined);
  await turns.next();
  journal.flush();
  expect(standingsIn(journal)).toBeLessThan(many.length / 2);

  const copy = open(path);
  const later = await openStandings({
    journal: copy,
    lists: () => ({ mode: 'closed', ...lists }),
    knocks: 'shown',
    steady: () => clock.now + 3_600_000,
  });
  expect(later.changedWhileClosed).toBe(true);
  expect(standingsIn(copy)).toBe(many.length + 1);
  const judged = (address: `0x${string}`) =>
    [start + 59_999, start + 60_000].map((sentAt) => judge(later.standings, address, sentAt));
  // Compared before the crash, and after it: as of when the lists were seen last.
  expect(judged(many[1]!)).toEqual(['knock', 'knock']);
  expect(judged(last)).toEqual(['knock', 'heard']);
});

table('what a failed commit lost is written again, in pieces', async () => {
  const journal = open();
  const turns = createTurns();
  await turns.free();
  const lost: (() => void)[] = [];
  const { lists, standings } = await setUp({
    journal: { ...journal, onLost: (listener) => void lost.push(listener) },
    pause: turns.pause,
  });
  lists.listed = new Set(many);
  await standings.update();
  journal.write(() => journal.prepare('delete from standings').run());
  for (const listener of lost) listener();
  lists.listed = new Set([...many, addressOf(99_999)]);
  await standings.update();
  expect(standingsIn(journal)).toBe(many.length + 2);
});

const people = [first, last, addressOf(77_777)];
const place = fc.constantFrom('listed', 'denied', 'nowhere');
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('change' as const), places: fc.tuple(place, place, place) }),
    fc.record({ kind: fc.constant('turn' as const) }),
    fc.record({ kind: fc.constant('pass' as const) }),
    fc.record({ kind: fc.constant('judge' as const), who: fc.nat(2), ago: fc.nat(5) }),
  ),
  { maxLength: 25 },
);

test.prop([steps], { numRuns: Number(process.env['FUZZ_RUNS'] ?? 30) })(
  'whenever somebody is judged while lists change, it is as if each change had been compared at once',
  async (all) => {
    const filler = many.slice(1, pieceKeys + 1);
    const run = async (isAtOnce: boolean) => {
      const journal = openJournal({ path: inMemory, onCommitFailure: () => undefined });
      const turns = createTurns();
      if (isAtOnce) await turns.free();
      const opening = setUp({ journal, pause: turns.pause });
      const { lists, clock, standings } = await opening;
      const judged: Judgement[] = [];
      for (const step of all) {
        if (step.kind === 'pass') clock.now += 1_000;
        else if (step.kind === 'turn') await (isAtOnce ? undefined : turns.next());
        else if (step.kind === 'judge') {
          const address = people[step.who]!;
          const isHeard = lists.listed.has(address) && !lists.denied.has(address);
          if (isHeard) judged.push(judge(standings, address, clock.now - step.ago * 1_000));
        } else {
          const at = (where: string) => people.filter((_, index) => step.places[index] === where);
          lists.listed = new Set([...filler, ...at('listed')]);
          lists.denied = new Set(at('denied'));
          const done = standings.update();
          if (isAtOnce) await done;
          else done.catch(() => undefined);
        }
      }
      await turns.free();
      await standings.update();
      const ends = people
        .filter((address) => lists.listed.has(address))
        .map((each) => judge(standings, each, start + 500));
      journal.close();
      return [...judged, ...ends];
    };
    expect(await run(false)).toEqual(await run(true));
  },
  patient(60_000),
);
