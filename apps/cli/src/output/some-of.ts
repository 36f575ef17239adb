/** Names for a sentence: all of a few, else the first of many and how many more there are. @param max default 8 */
export function someOf(names: readonly string[], max = 8): string {
  const more = names.length - max;
  return more <= 1 ? names.join(', ') : `${names.slice(0, max).join(', ')} and ${more} more`;
}
