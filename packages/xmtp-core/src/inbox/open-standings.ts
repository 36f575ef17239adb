import { setImmediate as nextTurn } from 'node:timers/promises';
import { atOnce, inPieces, type Pieces } from '@xmtp-messaging/errors';
import type { Journal } from '../journal/open-journal.ts';
import type { Envelope } from '../types.ts';
import { createStandingBook, type Standing } from './create-standing-book.ts';
import { loadStandings } from './load-standings.ts';
import { type ListsOfNow, type ReadLists, readLists } from './read-lists.ts';

/** How a message of somebody who may be heard now is to be taken: he may not have been heard when he sent it. */
export type Judgement = 'heard' | 'knock' | 'dropped' | 'refused';

/** Since when who is heard, as far as this mailbox saw the lists. */
export interface Standings {
  /** Compares the lists of this moment with what they were, in pieces. Whoever is judged meanwhile is compared first. */
  update(): Promise<void>;
  /** Compares one group at once. */
  updateGroup(groupId: string): void;
  /** The lists are still what they were. */
  seen(): void;
  /** The network stamped a message so, that was found now. `waitedMs`: how long it may have lain there unseen. */
  noteStamp(sentAtMs: number, waitedMs: number): void;
  judge(
    envelope: Pick<Envelope, 'senderAddresses' | 'sentAt' | 'conversationType' | 'conversationId' | 'senderInboxId'>,
  ): Judgement;
  /** Whether something that was dropped of somebody with these addresses may be shown now: each is to be judged. */
  isShown(addresses: readonly string[]): boolean;
  /** The same of what people who are heard elsewhere wrote in this group. */
  isGroupShown(groupId: string): boolean;
}

/** Where the time is kept until which the lists are compared. */
const seenKey = 'lists-seen-at';
/** A message is on its way for less than this: what seems to take longer shows that our clock is ahead. */
const travelMs = 2_000;

/** Resolves when the lists are compared with what they were when this home was open last, and tells whether somebody's standing changed. */
export async function openStandings(options: {
  journal: Journal;
  lists: ListsOfNow['lists'];
  /** @default every group is heard */
  groupPolicy?: ListsOfNow['groupPolicy'];
  /** Groups that the operator refused. @default none */
  refused?: ListsOfNow['refused'];
  knocks: 'dropped' | 'shown';
  /** How long before an admission knocks are shown, milliseconds: for as long as they can be read. @default no limit */
  keepMs?: number | undefined;
  /** Up to which time what somebody sent is lost already. @default nothing is */
  lostUntil?: ((senderInboxId: string) => number) | undefined;
  /** Milliseconds since the epoch, on a clock that does not step while this process runs. */
  steady: () => number;
  /** Lets others work. @default a turn of the event loop */
  pause?: (() => Promise<unknown>) | undefined;
}): Promise<{ standings: Standings; changedWhileClosed: boolean }> {
  const { journal, knocks, steady, keepMs = Infinity, lostUntil = () => 0, pause = nextTurn } = options;
  const [people, groups] = [createStandingBook(journal, ''), createStandingBook(journal, 'group:')];
  await inPieces(loadStandings(journal, { people, groups }), pause);
  /** How far the network's clock is ahead of ours: not less, as the message shows that took the shortest way, and not more. */
  const lead = { least: Number.NEGATIVE_INFINITY, most: Infinity };
  const networkNow = () => {
    // Of a lead of ours the least is taken: in doubt for who is heard.
    const known = lead.least > 0 || lead.most < 0 ? lead.least : 0;
    return Math.ceil(steady() + known);
  };
  /** Lists that changed while nobody looked changed right after they were looked at last: in doubt for who is on them now. */
  let isFirst = true;
  /** What the lists became, and is not compared yet, the oldest first. */
  const changes: ReadLists[] = [];
  let work: Pieces<void> | null = null;
  let working: Promise<void> | null = null;
  let hasChanged = false;
  let [isLost, isOpening] = [false, true];
  const closing = new AbortController();

  const read = (): ReadLists | null => {
    const now = networkNow();
    const seenAt = isFirst ? journal.getMeta(seenKey) : null;
    // What can still be read now that somebody is seen to be heard, whenever he was admitted.
    const oldest = Math.max(0, now - keepMs);
    return readLists(options, { now, oldest, at: seenAt === null ? now : Number(seenAt) });
  };
  const seen = (at: number) => journal.setMeta(seenKey, String(at));

  function* compare(): Pieces<void> {
    if (isLost) {
      isLost = false;
      yield* people.saveAll();
      yield* groups.saveAll();
    }
    for (let change = changes[0]; change !== undefined; change = changes[0]) {
      if (yield* people.settleAll(change.people)) hasChanged = true;
      if (change.groups !== null && (yield* groups.settleAll(change.groups))) hasChanged = true;
      changes.shift();
      isFirst = false;
      // Not sooner: what is not compared yet when this process dies has changed since.
      seen(change.now);
    }
  }
  /** One at a time. What fails is there for the next one to do. */
  const compareAll = async (): Promise<void> => {
    // Not before this is known to be under way.
    await Promise.resolve();
    try {
      while (!closing.signal.aborted && (changes.length > 0 || isLost)) {
        work = compare();
        await inPieces(work, async () => {
          await pause();
          // The next start goes on.
          if (closing.signal.aborted) work?.return();
        });
      }
    } finally {
      working = null;
      work = null;
    }
  };
  const changesRest = ({ people: said, groups: ofGroups }: ReadLists) =>
    people.changesRest(said) || (ofGroups !== null && groups.changesRest(ofGroups));
  const add = (change: ReadLists): void => {
    changes.push(change);
    // Of all whom nobody names: they cannot be compared one by one, as they are judged.
    if (changesRest(change) && !isOpening) atOnce(work ?? compare());
  };
  const update = async (): Promise<void> => {
    const change = read();
    if (change === null) return;
    add(change);
    await (working ??= compareAll());
  };
  journal.onLost(() => {
    isLost = true;
    // Tried again with the next change.
    (working ??= compareAll()).catch(() => undefined);
  });
  journal.onClosing(() => closing.abort());

  const standingOf = (address: string) => people.of(address.toLowerCase());
  const isHeard = (standing: Standing | undefined) => standing?.state === 'heard';
  type Judged = Parameters<Standings['judge']>[0];
  /** Whether somebody is heard here as far as the lists were compared. */
  const isCompared = ({ senderAddresses, conversationType, conversationId }: Judged) =>
    senderAddresses.some((address) => isHeard(standingOf(address))) &&
    (conversationType === 'dm' || groups.of(conversationId) === undefined || isHeard(groups.of(conversationId)));

  const settle = ({ senderAddresses, conversationType, conversationId }: Judged, change: ReadLists) => {
    people.settle(
      senderAddresses.map((address) => address.toLowerCase()),
      change.people,
    );
    if (conversationType === 'group' && change.groups !== null) groups.settle([conversationId], change.groups);
  };
  /** Whoever is judged is where the lists are: through all that they were meanwhile, for he may have been denied in between. */
  const catchUp = (message: Judged) => {
    for (const change of changes) settle(message, change);
    if (isCompared(message)) return;
    // Admitted, and heard by nobody's standing: a list changed a moment ago, and this was sent before.
    const change = read();
    if (change === null) return;
    if (changesRest(change)) add(change);
    else settle(message, change);
  };

  /** Of those that are heard now, by the one that was heard first. */
  const judgeAmong = (standings: readonly (Standing | undefined)[], sentAt: number): Judgement => {
    const heard = standings.filter((standing) => standing?.state === 'heard') as Standing[];
    if (heard.length === 0 || heard.some(({ since }) => since <= sentAt)) return 'heard';
    return knocks === 'shown' && heard.every(({ floor }) => sentAt >= floor) ? 'knock' : 'dropped';
  };
  const isHeardSince = (standing: Standing | undefined) => standing?.state === 'heard' && standing.since > 0;

  const standings: Standings = {
    update,
    updateGroup(groupId) {
      const change = read();
      if (change === null || change.groups === null) return;
      groups.settle([groupId], change.groups);
      // All that is compared already, or is being compared with what was before.
      update().catch(() => undefined);
    },
    seen() {
      if (!isFirst && changes.length === 0) seen(networkNow());
    },
    noteStamp(sentAtMs, waitedMs) {
      const least = sentAtMs - steady();
      lead.least = Math.max(lead.least, least);
      lead.most = Math.min(lead.most, least + travelMs + waitedMs);
      // Somebody else's clock told us so: it waited longer than we know.
      if (lead.most < lead.least) lead.most = Infinity;
    },
    judge(message) {
      catchUp(message);
      const { senderInboxId, senderAddresses, sentAt, conversationType, conversationId } = message;
      const judgements = [judgeAmong(senderAddresses.map(standingOf), sentAt)];
      if (conversationType === 'group') {
        const group = groups.of(conversationId);
        // A group that was left and joined anew may come in before anybody notices.
        if (group?.state === 'denied') return 'refused';
        judgements.push(judgeAmong([group], sentAt));
      }
      if (judgements.includes('dropped')) return 'dropped';
      if (!judgements.includes('knock')) return 'heard';
      // Of what he wrote the first part is gone: then this is not shown either, up to there.
      return sentAt > lostUntil(senderInboxId) ? 'knock' : 'dropped';
    },
    isShown: (addresses) => knocks === 'shown' && addresses.some((address) => isHeardSince(standingOf(address))),
    isGroupShown: (groupId) => knocks === 'shown' && isHeardSince(groups.of(groupId)),
  };
  await update();
  isOpening = false;
  return { standings, changedWhileClosed: hasChanged };
}
