import { mailboxError } from '../errors.ts';

/** A place in a list: those whom the operator knows first, then the newest. */
export interface RankedPlace {
  isKnown: boolean;
  lastAt: number;
  /** Tells apart what happened at the same time. */
  id: string;
}

/** Some of a list, and where the next page starts; `null` after the last. */
export interface RankedPage<Row> {
  rows: Row[];
  next: string | null;
}

/**
 * A page of a list in its order, which it does not rely on. What happens meanwhile moves its line to the front, so that
 * a walk meets no line twice and misses none that stood behind it.
 * @throws MailboxError INVALID_REQUEST: `after` is no cursor
 */
export function pageOf<Row>(
  rows: readonly Row[],
  { after, limit, placeOf }: { after: string | undefined; limit: number; placeOf: (row: Row) => RankedPlace },
): RankedPage<Row> {
  const start = after === undefined ? null : parsePlace(after);
  const places = rows.map((row) => ({ row, place: placeOf(row) })).toSorted((a, b) => compare(a.place, b.place));
  const rest = start === null ? places : places.filter(({ place }) => compare(place, start) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1)?.place;
  const next = rest.length > limit && last !== undefined ? formatPlace(last) : null;
  return { rows: page.map(({ row }) => row), next };
}

function compare(a: RankedPlace, b: RankedPlace): number {
  if (a.isKnown !== b.isKnown) return a.isKnown ? -1 : 1;
  if (a.lastAt !== b.lastAt) return b.lastAt - a.lastAt;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

const formatPlace = ({ isKnown, lastAt, id }: RankedPlace) => `${isKnown ? 'k' : 's'}.${lastAt}.${id}`;

function parsePlace(text: string): RankedPlace {
  const [, kind, lastAt, id] = /^([ks])\.(\d{1,16})\.(.{1,400})$/su.exec(text) ?? [];
  if (id === undefined)
    throw mailboxError('INVALID_REQUEST', { detail: 'A place in this list is a cursor of an earlier page.' });
  return { isKnown: kind === 'k', lastAt: Number(lastAt), id };
}
