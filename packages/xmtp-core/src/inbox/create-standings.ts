import type { Journal } from '../journal/open-journal.ts';
import type { Envelope, GroupPolicy, Lists } from '../types.ts';

/** How a message of somebody who may be heard now is to be taken: he may not have been heard when he sent it. */
export type Judgement = 'heard' | 'knock' | 'dropped' | 'refused';

/** Since when who is heard, as far as this mailbox saw the lists. */
export interface Standings {
  /** Compares the lists with what they were. Returns whether somebody's standing changed. */
  update(): boolean;
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

type State = 'heard' | 'unlisted' | 'denied';
interface Standing {
  state: State;
  since: number;
  /** Nothing that was sent before is ever shown: he was denied until then, or its text is too old to be kept. */
  floor: number;
}

const everybody = '*';
/** Groups stand beside addresses. */
const ofGroup = 'group:';
const everyGroup = `${ofGroup}*`;
const seenKey = 'lists-seen-at';
/** A message is on its way for less than this: what seems to take longer shows that our clock is ahead. */
const travelMs = 2_000;

export function createStandings(options: {
  journal: Journal;
  lists: (() => Lists | null) | undefined;
  /** @default every group is heard */
  groupPolicy?: (() => GroupPolicy | null) | undefined;
  /** Groups that the operator refused. @default none */
  refused?: (() => Iterable<string>) | undefined;
  knocks: 'dropped' | 'shown';
  /** How long before an admission knocks are shown, milliseconds: for as long as they can be read. @default no limit */
  keepMs?: number | undefined;
  /** Up to which time what somebody sent is lost already. @default nothing is */
  lostUntil?: ((senderInboxId: string) => number) | undefined;
  /** Milliseconds since the epoch, on a clock that does not step while this process runs. */
  steady: () => number;
}): Standings {
  const { journal, lists, groupPolicy, refused = () => [], knocks, steady } = options;
  const { keepMs = Infinity, lostUntil = () => 0 } = options;
  const put = journal.prepare(
    'insert or replace into standings (address, state, was, since, floor) values (?, ?, ?, ?, ?)',
  );
  const remove = journal.prepare('delete from standings where address = ?');
  const rows = new Map<string, Standing>();
  for (const row of journal.prepare('select address, state, since, floor from standings').all()) {
    const { address, ...standing } = row as unknown as Standing & { address: string };
    rows.set(address, standing);
  }
  const save = (address: string) => {
    const row = rows.get(address);
    // What it was before is of versions that kept no floor.
    journal.write(() =>
      row === undefined ? remove.run(address) : put.run(address, row.state, row.state, row.since, row.floor),
    );
  };
  journal.onLost(() => {
    for (const address of rows.keys()) save(address);
  });
  /** How far the network's clock is ahead of ours: not less, as the message shows that took the shortest way, and not more. */
  const lead = { least: Number.NEGATIVE_INFINITY, most: Infinity };
  const networkNow = () => {
    // Of a lead of ours the least is taken: in doubt for who is heard.
    const known = lead.least > 0 || lead.most < 0 ? lead.least : 0;
    return Math.ceil(steady() + known);
  };
  /** Lists that changed while nobody looked changed right after they were looked at last: in doubt for who is on them now. */
  let isFirst = true;

  const changeAt = (): number => {
    const seenAt = journal.getMeta(seenKey);
    return isFirst && seenAt !== null ? Number(seenAt) : networkNow();
  };
  const seen = () => journal.setMeta(seenKey, String(networkNow()));

  /** What can still be read now that somebody is seen to be heard, whenever he was admitted. */
  const oldest = () => Math.max(0, networkNow() - keepMs);

  const standingOf = (address: string): Standing | undefined => rows.get(address.toLowerCase()) ?? rows.get(everybody);

  const groupStandingOf = (groupId: string) => rows.get(`${ofGroup}${groupId}`) ?? rows.get(everyGroup);

  /** Notes who stands otherwise than before. `rest`: those whom nobody names, all together. */
  const compare = (options: {
    names: Iterable<string>;
    rest: string;
    restState: State;
    stateOf: (key: string) => State;
  }): boolean => {
    const { rest, restState, stateOf } = options;
    const at = changeAt();
    let hasChanged = false;
    const before = rows.get(rest);
    const ofKind = [...rows.keys()].filter((key) => key.startsWith(ofGroup) === rest.startsWith(ofGroup));
    const known = new Set([...options.names, ...ofKind]);
    known.delete(rest);
    for (const key of known) {
      const state = stateOf(key);
      const row = rows.get(key);
      const last = row ?? before ?? { state, since: 0, floor: 0 };
      if (last.state === state) {
        // Apart from everybody, whose standing may change by itself.
        if (row === undefined && state !== restState) rows.set(key, last);
        else continue;
      } else {
        hasChanged = true;
        const denied = last.state === 'denied' ? at : (row?.floor ?? 0);
        const floor = state === 'heard' ? Math.max(denied, oldest()) : denied;
        if (state === 'unlisted' && floor === 0) rows.delete(key);
        else rows.set(key, { state, since: at, floor });
      }
      save(key);
    }
    if (before?.state === restState) return hasChanged;
    rows.set(rest, {
      state: restState,
      since: before === undefined ? 0 : at,
      floor: restState === 'heard' ? oldest() : 0,
    });
    save(rest);
    return true;
  };

  const comparePeople = ({ mode, ...lists }: Lists): boolean => {
    const [listed, denied] = [new Set(lists.listed), new Set(lists.denied)];
    const restState: State = mode === 'open' ? 'heard' : 'unlisted';
    const stateOf = (address: string): State =>
      denied.has(address) ? 'denied' : listed.has(address) ? 'heard' : restState;
    return compare({ names: [...listed, ...denied], rest: everybody, restState, stateOf });
  };

  const compareGroups = ({ mode, listed }: GroupPolicy): boolean => {
    const [heard, denied] = [listed(), refused()].map((ids) => new Set(Array.from(ids, (id) => `${ofGroup}${id}`)));
    const restState: State = mode === 'listed-senders' ? 'heard' : 'unlisted';
    const listedState: State = mode === 'off' ? 'unlisted' : 'heard';
    const stateOf = (key: string): State => (denied!.has(key) ? 'denied' : heard!.has(key) ? listedState : restState);
    return compare({ names: [...heard!, ...denied!], rest: everyGroup, restState, stateOf });
  };

  /** Of those that are heard now, by the one that was heard first. */
  const judgeAmong = (standings: readonly (Standing | undefined)[], sentAt: number): Judgement => {
    const heard = standings.filter((standing) => standing?.state === 'heard') as Standing[];
    if (heard.length === 0 || heard.some(({ since }) => since <= sentAt)) return 'heard';
    return knocks === 'shown' && heard.every(({ floor }) => sentAt >= floor) ? 'knock' : 'dropped';
  };
  const isHeardSince = (standing: Standing | undefined) => standing?.state === 'heard' && standing.since > 0;

  const update = (): boolean => {
    const [people, groups] = [lists?.() ?? null, groupPolicy?.() ?? null];
    if (people === null) return false;
    const changes = [comparePeople(people), groups !== null && compareGroups(groups)];
    isFirst = false;
    seen();
    return changes.includes(true);
  };
  /** Whether somebody is heard here as far as the lists were compared. */
  const isCompared = ({ senderAddresses, conversationType, conversationId }: Parameters<Standings['judge']>[0]) => {
    const group = conversationType === 'group' ? groupStandingOf(conversationId) : undefined;
    const isHeard = (standing: Standing | undefined) => standing?.state === 'heard';
    return senderAddresses.some((address) => isHeard(standingOf(address))) && (group === undefined || isHeard(group));
  };

  return {
    update,
    seen() {
      if (!isFirst) seen();
    },
    noteStamp(sentAtMs, waitedMs) {
      const least = sentAtMs - steady();
      lead.least = Math.max(lead.least, least);
      lead.most = Math.min(lead.most, least + travelMs + waitedMs);
      // Somebody else's clock told us so: it waited longer than we know.
      if (lead.most < lead.least) lead.most = Infinity;
    },
    judge(message) {
      // Admitted, and heard by nobody's standing: a list changed a moment ago, and this was sent before.
      if (!isCompared(message)) update();
      const { senderInboxId, senderAddresses, sentAt, conversationType, conversationId } = message;
      const judgements = [judgeAmong(senderAddresses.map(standingOf), sentAt)];
      if (conversationType === 'group') {
        const group = groupStandingOf(conversationId);
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
    isGroupShown: (groupId) => knocks === 'shown' && isHeardSince(groupStandingOf(groupId)),
  };
}
