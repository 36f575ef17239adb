import { chunksOf, type Pieces } from '@xmtp-messaging/errors';
import type { Journal } from '../journal/open-journal.ts';
import type { ListedNames } from '../types.ts';

export type StandingState = 'heard' | 'unlisted' | 'denied';

/** Since when somebody, or a group, is heard or not. Times of the network, milliseconds. */
export interface Standing {
  state: StandingState;
  since: number;
  /** Nothing that was sent before is ever shown: he was denied until then, or its text is too old to be kept. */
  floor: number;
}

/** What lists said at one moment. */
export interface ListedState {
  /** Whom they name. They stay as they are. */
  names: readonly ListedNames[];
  stateOf: (key: string) => StandingState;
  /** Of all whom nobody names. */
  restState: StandingState;
  /** Since when they say so. */
  at: number;
  /** What was sent before cannot be read any more. */
  oldest: number;
}

/** Standings of one kind, in memory and in the journal, where nothing is written but what changes. Keys are in lower case. */
export interface StandingBook {
  /** Puts in what the journal has. */
  load: (key: string, standing: Standing) => void;
  /** Of a key, or of all whom nobody names. */
  of: (key: string) => Standing | undefined;
  /** Whether all whom nobody names stand otherwise by this. */
  changesRest: (said: ListedState) => boolean;
  /** Takes some keys to what the lists said; doing so again changes nothing. Returns whether one of them changed. */
  settle: (keys: readonly string[], said: ListedState) => boolean;
  /** Takes all of them there, at last those whom nobody names: what a crash leaves is different still, and done at the next start. */
  settleAll: (said: ListedState) => Pieces<boolean>;
  /** Writes all of them, after a commit failed. */
  saveAll: () => Pieces<void>;
}

/** Keys in one piece of work, each of which may have to be written. */
export const pieceKeys = 50;

/** All whom nobody names. */
const rest = '*';

/** @param prefix What keys of this kind have before them in the journal. */
export function createStandingBook(journal: Journal, prefix: '' | 'group:'): StandingBook {
  const put = journal.prepare(
    'insert or replace into standings (address, state, was, since, floor) values (?, ?, ?, ?, ?)',
  );
  const remove = journal.prepare('delete from standings where address = ?');
  const rows = new Map<string, Standing>();

  const save = (changes: readonly (readonly [string, Standing | null])[]) => {
    if (changes.length === 0) return;
    journal.write(() => {
      for (const [key, row] of changes) {
        // What it was before is of versions that kept no floor.
        if (row === null) remove.run(prefix + key);
        else put.run(prefix + key, row.state, row.state, row.since, row.floor);
      }
    });
    for (const [key, row] of changes) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
  };

  const settle: StandingBook['settle'] = (keys, said) => {
    const changes = keys.flatMap((key) => {
      const next = key === rest ? undefined : nextStanding(rows.get(key), rows.get(rest), said.stateOf(key), said);
      return next === undefined ? [] : [[key, next] as const];
    });
    save(changes);
    return changes.length > 0;
  };

  const changesRest: StandingBook['changesRest'] = ({ restState }) => rows.get(rest)?.state !== restState;

  function* keysOf({ names }: ListedState) {
    for (const some of names) yield* some.keys();
    yield* rows.keys();
  }

  return {
    load: (key, standing) => void rows.set(key, standing),
    of: (key) => rows.get(key) ?? rows.get(rest),
    changesRest,
    settle,
    *settleAll(said) {
      let hasChanged = false;
      for (const keys of chunksOf(keysOf(said), pieceKeys)) {
        hasChanged = settle(keys, said) || hasChanged;
        yield;
      }
      if (!changesRest(said)) return hasChanged;
      const { restState, at, oldest } = said;
      const since = rows.has(rest) ? at : 0;
      save([[rest, { state: restState, since, floor: restState === 'heard' ? oldest : 0 }]]);
      return true;
    },
    *saveAll() {
      for (const some of chunksOf(rows, pieceKeys)) {
        save(some.filter(([key, row]) => rows.get(key) === row));
        yield;
      }
    },
  };
}

/** What is to be written of one key: `undefined` for nothing, `null` for no row. `everybody`: all whom nobody names, until now. */
function nextStanding(
  row: Standing | undefined,
  everybody: Standing | undefined,
  state: StandingState,
  { restState, at, oldest }: ListedState,
): Standing | null | undefined {
  const last = row ?? everybody ?? { state, since: 0, floor: 0 };
  if (last.state === state) {
    // Apart from everybody, whose standing may change by itself.
    return row === undefined && state !== restState ? last : undefined;
  }
  const denied = last.state === 'denied' ? at : (row?.floor ?? 0);
  const floor = state === 'heard' ? Math.max(denied, oldest) : denied;
  if (state === 'unlisted' && floor === 0) return row === undefined ? undefined : null;
  return { state, since: at, floor };
}
