import type { Pieces } from '@xmtp-messaging/errors';
import type { Journal } from '../journal/open-journal.ts';
import { pieceKeys, type Standing, type StandingBook } from './create-standing-book.ts';

const ofGroup = 'group:';

/** Reads what the journal has, people and groups. */
export function* loadStandings(
  journal: Pick<Journal, 'prepare'>,
  books: Record<'people' | 'groups', Pick<StandingBook, 'load'>>,
): Pieces<void> {
  const page = journal.prepare(
    'select address, state, since, floor from standings where address > ? order by address limit ?',
  );
  for (let after = ''; ;) {
    const rows = page.all(after, pieceKeys) as unknown as (Standing & { address: string })[];
    for (const { address, ...standing } of rows) {
      if (address.startsWith(ofGroup)) books.groups.load(address.slice(ofGroup.length), standing);
      else books.people.load(address, standing);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < pieceKeys) return;
    after = last.address;
    yield;
  }
}
