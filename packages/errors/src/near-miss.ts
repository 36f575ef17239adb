const letters = (key: string) => key.toLowerCase().replaceAll(/[^a-z]/g, '');
const sorted = (text: string) => Array.from(text).toSorted().join('');

/** The known key that `key` seems to be a misspelling of, or `null`: other case, punctuation, order, or one letter too many or too few. */
export function nearMiss(key: string, known: readonly string[]): string | null {
  if (known.includes(key)) return null;
  const written = letters(key);
  return known.find((each) => isNear(written, letters(each))) ?? null;
}

function isNear(written: string, meant: string): boolean {
  if (sorted(written) === sorted(meant)) return true;
  if (Math.abs(written.length - meant.length) > 1) return false;
  let start = 0;
  while (start < written.length && written[start] === meant[start]) start++;
  let end = 0;
  while (end < Math.min(written.length, meant.length) - start && written.at(-1 - end) === meant.at(-1 - end)) end++;
  return Math.max(written.length, meant.length) - start - end <= 1;
}
