import { createBoundary } from '@xmtp-messaging/inbound-guard';
import { adversarialTexts, englishText, multilingualText } from '../../../packages/inbound-guard/test/bench-texts.ts';
import { sampleMessage } from '../../../packages/inbound-guard/test/samples.ts';
import { type Row, toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import { quantile } from '../measure/summarize.ts';

const name = 'guard';
const boundary = createBoundary({ limits: { maxBytes: Number.POSITIVE_INFINITY, maxLines: Number.POSITIVE_INFINITY } });

const repeated = (unit: string, bytes: number): string => unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

/** Milliseconds of each round; the first one is left out. */
function wrapTimes(text: string, rounds: number): number[] {
  const times: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const start = performance.now();
    boundary.wrap(sampleMessage({ text }));
    if (round >= 0) times.push(performance.now() - start);
  }
  return times;
}

const speeds = (text: string, rounds: number): number[] =>
  wrapTimes(text, rounds).map((milliseconds) => Buffer.byteLength(text) / 1_000 / milliseconds);

function ordinary(context: Context, label: string, unit: string, limit: number): Row {
  context.progress(label);
  const ours = speeds(repeated(unit, context.pick(4 * 2 ** 20, 2 ** 14)), context.pick(7, 1));
  return toRow({ name, measure: `MB/s, ${label}`, ours, target: { of: 'value', is: '>=', limit } });
}

/** What one hostile text costs, and how that grows with its length. */
interface Cost {
  label: string;
  /** MB/s of each round. */
  speeds: number[];
  /** Time for four times the text. */
  growth: number;
}

function costOf(context: Context, label: string, unit: string): Cost {
  context.progress(label);
  const small = context.pick(2 ** 20, 2 ** 12);
  const rounds = context.pick(3, 1);
  const much = repeated(unit, 4 * small);
  const before = wrapTimes(repeated(unit, small), rounds);
  const after = wrapTimes(much, rounds);
  return {
    label,
    speeds: after.map((milliseconds) => Buffer.byteLength(much) / 1_000 / milliseconds),
    // A collection in one of few rounds is not growth: what the text costs is its fastest round.
    growth: Math.min(...after) / Math.min(...before),
  };
}

/** The slowest of the hostile texts, and the one whose time grows fastest. */
function hostile(context: Context): Row[] {
  const costs = adversarialTexts.map(([label, unit]) => costOf(context, label, unit));
  const slowest = costs.toSorted((a, b) => quantile(a.speeds, 0.5) - quantile(b.speeds, 0.5))[0]!;
  const steepest = costs.toSorted((a, b) => b.growth - a.growth)[0]!;
  return [
    toRow({
      name,
      measure: 'MB/s, adversarial',
      ours: slowest.speeds,
      target: { of: 'value', is: '>=', limit: 5 },
      note: `the slowest of ${adversarialTexts.length} texts: ${slowest.label}`,
    }),
    toRow({
      name,
      measure: 'time for 4 times the text',
      ours: [steepest.growth],
      target: { of: 'value', is: '<', limit: 8 },
      note: `the steepest of ${adversarialTexts.length} texts: ${steepest.label}; 4 is linear, 16 is quadratic`,
    }),
  ];
}

export const guard: Suite = {
  name,
  what: 'drawing the boundary around 4 MB of English, of many scripts with emoji, and of texts made to be slow',
  target: '>= 100, 25, 5 MB/s; time for 4 times the text < 8',
  run: (context) =>
    Promise.resolve([
      ordinary(context, 'English', englishText, 100),
      ordinary(context, 'multilingual', multilingualText, 25),
      ...hostile(context),
    ]),
};
