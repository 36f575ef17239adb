import type { Journal } from '../journal/open-journal.ts';
import type { HomeLoss } from '../types-status.ts';

const key = 'lost-at';
const shownForMs = 7 * 24 * 3_600_000;

const messages: Readonly<Record<HomeLoss['code'], string>> = {
  JOURNAL_LOST:
    'The journal was lost and begun anew: used idempotency keys, what the agent has handled and where readers stood are forgotten. Recent messages are delivered again; a send that is repeated with its old key is sent again.',
  STATE_LOST:
    'The file state.json was lost and written anew from the database: that this home belonged to this network and address could not be checked.',
};

/**
 * What was lost, for as long as it matters. The loss of a journal is noted in the new one, because a restart does not
 * bring anything back.
 */
export function findLosses(options: {
  journal: Journal;
  journalLost: boolean;
  stateLost: boolean;
  now: () => number;
}): () => HomeLoss[] {
  const { journal, journalLost, stateLost, now } = options;
  if (journalLost) journal.setMeta(key, String(now()));
  const lostAt = Number(journal.getMeta(key) ?? Number.NaN);
  return () => {
    const found: HomeLoss['code'][] = [];
    if (Math.abs(now() - lostAt) < shownForMs) found.push('JOURNAL_LOST');
    if (stateLost) found.push('STATE_LOST');
    return found.map((code) => ({ code, message: messages[code] }));
  };
}
