import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { hostileText, lettersAndCandidates, plainText } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { canonicalLines } from './canonical-lines.ts';
import { renderBody } from './render-body.ts';
import { stuff, unstuff } from './stuffing.ts';

const lifted = { maxBytes: Infinity, maxLines: Infinity };
const strip = (text: string) => unstuff(renderBody(text, lifted).text);

test.prop([plainText], runs(1_000))('text without hidden characters and floods comes back to the letter', (text) => {
  const lines = canonicalLines(text).replace(/\n(?:[\t\p{Zs}\u2800]*\n){3,}/gu, '\n');
  fc.pre(!/\p{C}/u.test(lines.replaceAll('\n', '')));
  expect(strip(lines)).toBe(lines);
});

test.prop([hostileText], runs(1_000))('stuffing is undone for any text', (text) => {
  expect(unstuff(stuff(text))).toBe(text);
  expect(stuff(text).length).toBeLessThanOrEqual(1.5 * text.length);
});

test.prop([fc.oneof(hostileText, lettersAndCandidates)], runs(3_000))('rendering again changes nothing', (text) => {
  const once = strip(text);
  expect(strip(once)).toBe(once);
});

test.prop([fc.oneof(hostileText, lettersAndCandidates), fc.integer({ min: 4, max: 80 })], runs(1_000))(
  'nor does it after a cut',
  (text, maxBytes) => {
    const once = unstuff(renderBody(text, { maxBytes }).text);
    expect(strip(once)).toBe(once);
  },
);

test.prop([hostileText], runs(600))('no special token survives', (text) => {
  expect(renderBody(text).text).not.toMatch(/<\/?[|\uFF5C]|[<[]\/?(?:INST\]|SYS>|s>|untrusted_xmtp_message)/i);
});
