/** What several rounds gave: the middle, and the quarters around it as the spread. */
export interface Summary {
  median: number;
  /** 25th percentile. */
  low: number;
  /** 75th percentile. */
  high: number;
  rounds: number;
}

/** The value below which the fraction `q` of `values` lies, interpolated between neighbours. `NaN` for no values. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function summarize(values: readonly number[]): Summary {
  return {
    median: quantile(values, 0.5),
    low: quantile(values, 0.25),
    high: quantile(values, 0.75),
    rounds: values.length,
  };
}

/**
 * The ratio of each round, summarised. Both sides of a round ran next to each other, so what the machine did meanwhile
 * falls out; the ratio of two medians would keep it.
 */
export function summarizeRatios(ours: readonly number[], theirs: readonly number[]): Summary {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} rounds against ${theirs.length}`);
  return summarize(ours.map((value, round) => value / theirs[round]!));
}
