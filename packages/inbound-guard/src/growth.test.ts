import { patient } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { adversarialTexts } from '../test/bench-texts.ts';
import { sampleMessage } from '../test/samples.ts';
import { createBoundary, renderBody, scrubOutbound } from './index.ts';

/** Shapes that were, or might be, hard for one rule or another: a unit, and what ends the text. */
const shapes: readonly (readonly [unit: string, end: string, times?: number])[] = [
  ...adversarialTexts.map(([, unit]) => [unit, ''] as const),
  ['</s>', 'x'],
  ['</s>  ', 'x'],
  ['<s> ', ''],
  // Few and long matches show only in a longer text.
  [`0x${'ab'.repeat(32)} `, '', 8],
  [`key ${'ab'.repeat(32)} `, '', 8],
  ['-----BEGIN PRIVATE KEY-----\n', ''],
  ['-----BEGIN PRIVATE KEY-----', '-----END PRIVATE KEY-----'],
  ['seed abandon ', ''],
  ['seed:\n1. abandon ', ''],
  ['password=a', ''],
  ['OWS_PASSPHRASE="', ''],
  ['eyJabcdefgh.', ''],
  ['a://b:', '@'],
  ['sk-a-', ''],
  ['<think>', ''],
  ['<|a', '<|x|>'],
  ['`', ''],
  ['```', ''],
  ['"<|x|>', ''],
  ['[a_', ''],
  ['<a_b_', ''],
  ['<a ', '='],
  [']!', ''],
  [']~', ''],
  ['<<SYS>>', ''],
  ['ignore all ', ''],
  ['"type": "', ''],
  ['\nError code: 4', ''],
  ['x7k2| ', ''],
  ['x-------', ''],
];

const boundary = createBoundary({ gutter: 'x7k2', limits: { maxBytes: Infinity, maxLines: Infinity } });
const jobs: Record<string, (text: string) => unknown> = {
  wrap: (text) => boundary.wrap(sampleMessage({ text })),
  scrub: (text) => scrubOutbound(text, { gutter: 'x7k2', known: ['opensesame'], modelTokens: ['@@turn@@'] }),
};

/** Milliseconds of the processor. Other load on the machine hardly counts. */
function work(job: () => unknown): number {
  const start = process.cpuUsage();
  job();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

const length = 12_000;

test.each(Object.entries(jobs))(
  '%s: eight times the text is not much more than eight times the work',
  { timeout: patient(60_000) },
  (_name, job) => {
    const growth = ([unit, end, times = 1]: (typeof shapes)[number]) => {
      const text = (size: number) => unit.repeat(Math.ceil((times * size) / unit.length)) + end;
      const small = work(() => job(text(length)));
      // Below some milliseconds there is nothing but noise.
      return work(() => job(text(8 * length))) / Math.max(small, 6);
    };
    // Quadratic is 64. What is slow for once, because of the collector, is looked at again.
    const isWorse = (shape: (typeof shapes)[number]) => [0, 1, 2].every(() => growth(shape) > 24);
    expect(shapes.filter(isWorse)).toEqual([]);
  },
);

test('what is far behind the limit is counted, and neither rendered nor looked at', () => {
  const hidden = 'a\uFE01'.repeat(500_000);
  const body = renderBody(hidden);
  const looked = Object.values(body.removed).reduce((sum, count) => sum + count, 0);
  expect(looked).toBeLessThanOrEqual(16_384);
  expect(body).toMatchObject({ truncated: true, length: 16_384 });
  // What was looked at lost its selectors; the rest counts as it came.
  expect(body.fullLength).toBe(1_000_000 - looked);
});

test.each([
  ['plain', 'x'.repeat(100_000), 100_000],
  ['pairs of surrogates', '😀'.repeat(50_000), 50_000],
  ['line ends of two characters', 'x\r\n'.repeat(30_000), 90_000 - 10_922],
])('a cut text tells its true length: %s', (_name, text, full) => {
  expect(renderBody(text)).toMatchObject({ fullLength: full, truncated: true });
});

test('a text that hides more than is looked at is said to be cut, whatever is left of it', () => {
  const body = renderBody(`${'\u200B'.repeat(40_000)}Hello`);
  expect(body).toMatchObject({ truncated: true, text: '[guard: 32768 hidden characters]' });
});
