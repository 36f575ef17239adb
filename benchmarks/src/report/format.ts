import type { Row, Target } from '../harness/to-row.ts';
import type { Summary } from '../measure/summarize.ts';
import type { Machine } from '../harness/describe-machine.ts';

const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Three significant digits; `-` for what was not measured. */
export const formatNumber = (value: number): string => (Number.isFinite(value) ? three.format(value) : '-');

/** `1.02 (0.98 - 1.07)`: the median and the quarters around it; the median alone when there was one round. */
export function formatSummary(summary: Summary | null): string {
  if (summary === null) return '';
  const { median, low, high, rounds } = summary;
  return rounds > 1 ? `${formatNumber(median)} (${formatNumber(low)} - ${formatNumber(high)})` : formatNumber(median);
}

export function formatTarget(target: Target | null): string {
  if (target === null) return 'reported';
  const limit = target.limit >= 1e6 ? target.limit.toExponential(0).replace('e+', 'e') : String(target.limit);
  return `${target.of === 'ratio' ? 'ratio ' : ''}${target.is} ${limit}`;
}

export const formatReached = (reached: boolean | null): string => (reached === null ? '' : reached ? 'yes' : 'NO');

export const columns = ['name', 'measured', 'ours', 'peer', 'ratio', 'must reach', 'reached'] as const;

/** The cells of a row, in the order of `columns`. */
export function formatRow(row: Row): string[] {
  const peer = row.peer === null ? '' : `${row.peer.name}: ${formatSummary(row.peer.value)}`;
  const ratio = row.peer === null ? '' : formatSummary(row.ratio);
  return [
    row.name,
    row.measure,
    formatSummary(row.ours),
    peer,
    ratio,
    formatTarget(row.target),
    formatReached(row.reached),
  ];
}

export function formatMachine({ cores, processor, memoryGb, system, node, loadBefore }: Machine): string {
  return `${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}, load before ${loadBefore}`;
}
