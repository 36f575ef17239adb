import type { Summary } from '../measure/summarize.ts';
import { summarize, summarizeRatios } from '../measure/summarize.ts';

/** What must be reached: the ratio to a peer, or the value itself. */
export interface Target {
  of: 'ratio' | 'value';
  is: '>=' | '<=' | '<' | '=';
  limit: number;
}

/** One line of the table. */
export interface Row {
  /** Name of the benchmark. */
  name: string;
  /** What was counted, with its unit. */
  measure: string;
  ours: Summary;
  peer: { name: string; value: Summary } | null;
  /** Ours over the peer's, round by round; without a peer, ours over the target's limit; else `null`. */
  ratio: Summary | null;
  target: Target | null;
  /** `null` where there is nothing to reach. */
  reached: boolean | null;
  note: string | null;
}

/** What a suite has measured of one line. */
export interface Measured {
  name: string;
  measure: string;
  ours: readonly number[];
  peer?: { name: string; values: readonly number[] } | undefined;
  target?: Target | undefined;
  note?: string | undefined;
}

const comparisons: Record<Target['is'], (value: number, limit: number) => boolean> = {
  '>=': (value, limit) => value >= limit,
  '<=': (value, limit) => value <= limit,
  '<': (value, limit) => value < limit,
  '=': (value, limit) => value === limit,
};

function ratioOf({ ours, peer, target }: Measured): Summary | null {
  if (peer !== undefined) return summarizeRatios(ours, peer.values);
  if (target === undefined) return null;
  return summarize(ours.map((value) => value / target.limit));
}

/** Summarises what was measured and judges it by its median. */
export function toRow(measured: Measured): Row {
  const { name, measure, ours, peer, target, note } = measured;
  const value = summarize(ours);
  const ratio = ratioOf(measured);
  const judged = target?.of === 'ratio' ? ratio : value;
  return {
    name,
    measure,
    ours: value,
    peer: peer === undefined ? null : { name: peer.name, value: summarize(peer.values) },
    ratio,
    target: target ?? null,
    reached: target === undefined || judged === null ? null : comparisons[target.is](judged.median, target.limit),
    note: note ?? null,
  };
}
