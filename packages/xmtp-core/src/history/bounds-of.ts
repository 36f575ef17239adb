import type { PageBounds } from './history-types.ts';

/** Where a page begins and ends, for whoever asks on. @param walked In the order of the page. */
export function boundsOf<T>(
  walked: readonly T[],
  newestFirst: boolean,
  format: (place: T) => string,
  more: boolean,
): PageBounds {
  const ends = [walked[0], walked.at(-1)].map((place) => (place === undefined ? null : format(place)));
  const [newest = null, oldest = null] = newestFirst ? ends : ends.toReversed();
  return { newest, oldest, more };
}
