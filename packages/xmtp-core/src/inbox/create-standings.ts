import type { Journal } from '../journal/open-journal.ts';
import type { Envelope, Lists } from '../types.ts';

/** How a message of somebody who may be heard now is to be taken: he may not have been heard when he sent it. */
export type Judgement = 'heard' | 'knock' | 'dropped';

/** Since when who is heard, as far as this mailbox saw the lists. */
export interface Standings {
  /** Compares the lists with what they were. Returns whether somebody's standing changed. */
  update(): boolean;
  /** The lists are still what they were. */
  seen(): void;
  /** The network stamped a message so, that arrived now. */
  noteStamp(sentAtMs: number): void;
  judge(envelope: Pick<Envelope, 'senderAddresses' | 'sentAt'>): Judgement;
  /** Whether what was dropped of somebody with these addresses is to be shown now. */
  isShown(addresses: readonly string[]): boolean;
}

type State = 'heard' | 'unlisted' | 'denied';
interface Standing {
  state: State;
  was: State;
  since: number;
}

const everybody = '*';
const seenKey = 'lists-seen-at';
/** A message is on its way for less than this: what seems to take longer shows that our clock is ahead. */
const travelMs = 2_000;

export function createStandings(options: {
  journal: Journal;
  lists: (() => Lists | null) | undefined;
  knocks: 'dropped' | 'shown';
  /** Milliseconds since the epoch, on a clock that does not step while this process runs. */
  steady: () => number;
}): Standings {
  const { journal, lists, knocks, steady } = options;
  const put = journal.prepare('insert or replace into standings (address, state, was, since) values (?, ?, ?, ?)');
  const remove = journal.prepare('delete from standings where address = ?');
  const rows = new Map<string, Standing>();
  for (const row of journal.prepare('select address, state, was, since from standings').all()) {
    const { address, state, was, since } = row as { address: string; state: State; was: State; since: number };
    rows.set(address, { state, was, since });
  }
  const save = (address: string) => {
    const row = rows.get(address);
    journal.write(() => (row === undefined ? remove.run(address) : put.run(address, row.state, row.was, row.since)));
  };
  journal.onLost(() => {
    for (const address of rows.keys()) save(address);
  });
  /** How far the network's clock is ahead of ours at least, as the message shows that took the shortest way. */
  let leadMs = Number.NEGATIVE_INFINITY;
  const networkNow = () => {
    const isKnown = leadMs > 0 || (leadMs < -travelMs && Number.isFinite(leadMs));
    return Math.ceil(steady() + (isKnown ? leadMs : 0));
  };
  /** Lists that changed while nobody looked changed right after they were looked at last: in doubt for who is on them now. */
  let isFirst = true;

  const changeAt = (): number => {
    const seenAt = journal.getMeta(seenKey);
    return isFirst && seenAt !== null ? Number(seenAt) : networkNow();
  };
  const seen = () => journal.setMeta(seenKey, String(networkNow()));

  const standingOf = (address: string): Standing | undefined => rows.get(address.toLowerCase()) ?? rows.get(everybody);

  const compare = ({ mode, listed, denied }: Lists): boolean => {
    const at = changeAt();
    let hasChanged = false;
    const names = { listed: new Set(listed), denied: new Set(denied) };
    const default_: State = mode === 'open' ? 'heard' : 'unlisted';
    const stateOf = (address: string): State => {
      if (names.denied.has(address)) return 'denied';
      return names.listed.has(address) ? 'heard' : default_;
    };
    const before = rows.get(everybody);
    const known = new Set([...names.listed, ...names.denied, ...rows.keys()]);
    known.delete(everybody);
    for (const address of known) {
      const state = stateOf(address);
      const row = rows.get(address);
      const last = row ?? before ?? { state, was: state, since: 0 };
      if (last.state === state) {
        // Apart from everybody, whose standing may change by itself.
        if (row === undefined && state !== default_) rows.set(address, last);
        else continue;
      } else {
        hasChanged = true;
        if (state === 'unlisted') rows.delete(address);
        else rows.set(address, { state, was: last.state, since: at });
      }
      save(address);
    }
    if (before?.state === default_) return hasChanged;
    rows.set(everybody, { state: default_, was: before?.state ?? default_, since: before === undefined ? 0 : at });
    save(everybody);
    return true;
  };

  return {
    update() {
      const now = lists?.() ?? null;
      if (now === null) return false;
      const hasChanged = compare(now);
      isFirst = false;
      seen();
      return hasChanged;
    },
    seen() {
      if (!isFirst) seen();
    },
    noteStamp(sentAtMs) {
      leadMs = Math.max(leadMs, sentAtMs - steady());
    },
    judge({ senderAddresses, sentAt }) {
      const heard = senderAddresses.flatMap((address) => {
        const standing = standingOf(address);
        return standing?.state === 'heard' ? standing : [];
      });
      if (heard.length === 0 || heard.some(({ since }) => since <= sentAt)) return 'heard';
      return knocks === 'shown' && heard.every(({ was }) => was !== 'denied') ? 'knock' : 'dropped';
    },
    isShown: (addresses) =>
      knocks === 'shown' &&
      addresses.some((address) => {
        const standing = standingOf(address);
        return standing?.state === 'heard' && standing.was === 'unlisted' && standing.since > 0;
      }),
  };
}
