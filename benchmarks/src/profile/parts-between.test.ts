import { expect, test } from 'vitest';
import { type Parts, partsBetween } from './parts-between.ts';
import { toPartsTable } from './to-parts-table.ts';

const looked = (requests: number, parts: Parts['parts'], all: number, main: number): Parts => ({
  requests,
  parts,
  cpu: { all, main },
});

test('what lies between two looks is told for each request, without what did not happen', () => {
  const before = looked(10, { 'sdk.send': { calls: 10, ms: 100 }, 'sdk.sync': { calls: 1, ms: 5 } }, 50, 20);
  const parts = {
    'sdk.send': { calls: 14, ms: 108 },
    'sdk.sync': { calls: 1, ms: 5 },
    'sdk.isActive': { calls: 4, ms: 2 },
  };
  expect(partsBetween(before, looked(14, parts, 62, 24))).toEqual({
    requests: 4,
    parts: { 'sdk.send': { calls: 1, ms: 2 }, 'sdk.isActive': { calls: 1, ms: 0.5 } },
    cpu: { all: 3, main: 1 },
  });
});

test('every part stands in one line of the table, and those without a name together', () => {
  const parts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { calls: 1, ms: 2 }]));
  const table = toPartsTable(
    looked(1, parts('http.request', 'sqlite.exec', 'sqlite.run', 'sdk.prepareMessage', 'sdk.consentState'), 9, 3),
    looked(1, parts('http.request', 'sdk.createDmByIdentity', 'sdk.sendText'), 4, 1),
  );
  const cells = table.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim()),
  );
  expect(cells).toEqual(
    expect.arrayContaining([
      ['from the request to its answer', '2 (1)', '2 (1)'],
      ['asking for the conversation', '', '2 (1)'],
      ['the journal, on the main thread', '4 (2)', ''],
      ['storing', '2 (1)', ''],
      ['publishing and reading back', '', '2 (1)'],
      ['other calls of the SDK', '2 (1)', ''],
      ['processor time, main thread', '3', '1'],
    ]),
  );
});
