import { expect } from 'vitest';
import type { Journal } from '../src/journal/open-journal.ts';

/** Ends the open transaction by a commit that the database refuses: a reference that is checked at the end only. */
export function failToCommit(journal: Pick<Journal, 'prepare' | 'write' | 'flush'>): void {
  journal.write(() => {
    journal.prepare('create table wrong (key text references meta (key) deferrable initially deferred)').run();
    journal.prepare("insert into wrong values ('nowhere')").run();
  });
  expect(() => journal.flush()).toThrow('FOREIGN KEY');
}
