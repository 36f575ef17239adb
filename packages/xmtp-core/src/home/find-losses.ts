import { type HomeRestoration, readHomeRestoration } from '../backup/adopt-journal.ts';
import type { HomeLoss } from '../health/status-types.ts';
import type { Journal } from '../journal/open-journal.ts';
import { readRestoration } from '../journal/open-sound-journal.ts';

const key = 'lost-at';
const shownForMs = 7 * 24 * 3_600_000;

const messages: Readonly<Record<Exclude<HomeLoss['code'], 'JOURNAL_RESTORED' | 'HOME_RESTORED'>, string>> = {
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
  const restored = readRestoration(journal);
  const home = readHomeRestoration(journal);
  return () => {
    const found: HomeLoss[] = [];
    if (Math.abs(now() - lostAt) < shownForMs) found.push({ code: 'JOURNAL_LOST', message: messages.JOURNAL_LOST });
    if (restored !== null && Math.abs(now() - restored.at) < shownForMs) {
      found.push({ code: 'JOURNAL_RESTORED', message: restoredText(restored.copiedAt) });
    }
    if (home !== null && Math.abs(now() - home.at) < shownForMs) {
      found.push({ code: 'HOME_RESTORED', message: homeText(home) });
    }
    if (stateLost) found.push({ code: 'STATE_LOST', message: messages.STATE_LOST });
    return found;
  };
}

const restoredText = (copiedAt: number | null): string =>
  `The journal was damaged and is restored from its copy of ${copiedAt === null ? 'an unknown time' : new Date(copiedAt).toISOString()}; the damaged one is kept as journal.db.damaged. What came after the copy is forgotten: messages accepted since are delivered again, with new positions; a send that is repeated with a key used since is sent again; what was acknowledged since is pending again.`;

const homeText = ({ madeAt, unfinishedSends }: HomeRestoration): string =>
  `This home was restored from a backup of ${new Date(madeAt).toISOString()}, as a further installation. What came and went since then is not in it: what was received cannot be read here, what was acknowledged is pending again, a send that is repeated with a key used since is sent again. Groups can be written to once another member has written there. ${unfinishedSends} sends were on their way: they may have been sent, and are not sent again.`;
