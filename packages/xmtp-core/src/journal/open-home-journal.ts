import type { HealthMonitor } from '../health/create-health-monitor.ts';
import type { HomePaths } from '../home/open-home.ts';
import type { DiskWatch } from '../home/watch-disk.ts';
import type { HomePlace } from '../home/watch-home.ts';
import type { MailboxEvent } from '../types.ts';
import type { Journal } from './open-journal.ts';
import { openSoundJournal } from './open-sound-journal.ts';

/** Opens the journal of a home that is held; how its commits go shows in the mailbox's health. @throws what `openSoundJournal` throws */
export async function openHomeJournal(options: {
  paths: HomePaths;
  place: HomePlace;
  disk: DiskWatch;
  health: Pick<HealthMonitor, 'noted'>;
  now: () => number;
  onEvent: (event: MailboxEvent) => void;
}): Promise<Journal> {
  const { paths, place, disk, health, now, onEvent } = options;
  const writing = { direction: 'storage', kind: 'commit' } as const;
  const journal = await openSoundJournal({
    path: paths.journal,
    now,
    check: place.require,
    onRestored: (details) => onEvent({ level: 'error', name: 'journal-restored', details }),
    onCommitFailure: (error) => health.noted(writing, disk.explain(error)),
    onCommitted: () => health.noted(writing, null),
  });
  place.opened(paths.journal);
  return journal;
}
