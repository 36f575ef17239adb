import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { pageOf, type RankedPlace } from './page-of.ts';

const place = fc.record({
  isKnown: fc.boolean(),
  lastAt: fc.nat(5),
  id: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
});
const places = fc.uniqueArray(place, { maxLength: 40, selector: (each) => JSON.stringify(each) });
const readAll = (rows: readonly RankedPlace[], limit: number, between: (seen: number) => void = () => undefined) => {
  const seen: RankedPlace[] = [];
  let after: string | undefined;
  for (;;) {
    const page = pageOf(rows, { after, limit, placeOf: (row) => row });
    seen.push(...page.rows);
    if (page.next === null) return seen;
    between(seen.length);
    after = page.next;
  }
};

test.prop([places, fc.integer({ min: 1, max: 9 })])(
  'pages of any size hold each line once, known ones first',
  (rows, limit) => {
    const seen = readAll(rows, limit);
    expect(seen).toEqual(readAll(rows, 100));
    expect(new Set(seen).size).toBe(rows.length);
    const firstStranger = seen.findIndex(({ isKnown }) => !isKnown);
    if (firstStranger !== -1) expect(seen.slice(firstStranger).filter(({ isKnown }) => isKnown)).toEqual([]);
  },
);

test.prop([places, fc.integer({ min: 1, max: 9 })])(
  'what comes in meanwhile hides no line and repeats none',
  (rows, limit) => {
    const growing = [...rows];
    const seen = readAll(growing, limit, (count) => growing.push({ isKnown: false, lastAt: 1_000 + count, id: 'new' }));
    const old = seen.filter(({ lastAt }) => lastAt < 1_000);
    expect(old).toEqual(readAll(rows, 100));
  },
);

test.prop([fc.string()])('a cursor that is none is refused', (after) => {
  fc.pre(!/^[ks]\.\d{1,16}\../su.test(after));
  expect(() => pageOf([], { after, limit: 1, placeOf: (row: RankedPlace) => row })).toThrow(/cursor/u);
});
