import type { Journal } from './open-journal.ts';

/** Positions of one table's rows that readers keep as cursors: none is ever given to two rows, whatever crashes when. */
export interface Positions {
  /**
   * Returns when positions up to this one may be seen, as far as the disk is concerned: it is waited for once in a thousand
   * positions. Their rows have to be committed.
   */
  readonly reserve: (position: number) => void;
}

/** Positions that a crash may leave unused. */
const ahead = 1_000;

/**
 * What was committed outlives this process but not a power cut, so rows may be lost whose positions somebody has seen. A
 * mark on disk stands above every position that was seen; what is given after a crash begins behind it.
 */
export function createPositions(journal: Journal, table: 'inbound' | 'outbound'): Positions {
  const key = `reserved-${table}`;
  const given = journal.prepare('select seq from sqlite_sequence where name = ?');
  const raise = journal.prepare('update sqlite_sequence set seq = ? where name = ?');
  const begin = journal.prepare('insert into sqlite_sequence (name, seq) values (?, ?)');
  const lastGiven = () => given.get(table)?.['seq'] as number | undefined;
  let reserved = Number(journal.getMeta(key) ?? 0);

  const skipWhatMayHaveBeenSeen = () => {
    const last = lastGiven();
    if ((last ?? 0) >= reserved) return;
    journal.write(() => (last === undefined ? begin.run(table, reserved) : raise.run(reserved, table)));
  };
  skipWhatMayHaveBeenSeen();
  journal.onLost(skipWhatMayHaveBeenSeen);
  // Nothing is given any more: the next start need not skip.
  journal.onClosing(() => journal.setMeta(key, String(lastGiven() ?? 0)));

  return {
    reserve(position) {
      if (position <= reserved) return;
      const next = position + ahead;
      journal.setMeta(key, String(next));
      journal.flush();
      reserved = next;
    },
  };
}
