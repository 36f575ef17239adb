import { fc, test } from '@fast-check/vitest';
import { atOnce } from '@xmtp-messaging/errors';
import { expect } from 'vitest';
import { listKinds } from './list-kinds.ts';
import { checkRows, type ParsedList, parseList } from './parse-list.ts';
import { readDocument } from './read-document.ts';
import type { Rows } from './rows.ts';
import { scanLines } from './scan-lines.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1_500);
const timeout = Math.max(30_000, numRuns * 5);

const address = fc.stringMatching(/^0x[0-9a-f]{40}$/);
const awkward = fc.constantFrom(
  '#',
  ' #',
  ': ',
  ':',
  '-',
  '- ',
  '"',
  "'",
  '\\',
  '\t',
  ' ',
  '  ',
  '&a',
  '*a',
  '!t',
  '%',
  '|',
  '>',
  '{',
  '}',
  '[',
  ']',
  ',',
  '?',
  'null',
  'true',
  '1e3.5',
  '.inf',
  '~',
  '---',
  '...',
  '\u0085',
  '\u2028',
  '\u00a0',
  '\ufeff',
  '\r',
  '\0',
  '\u007f',
  'é',
  '💌',
  'alice.eth',
);
const word = fc.array(fc.oneof({ weight: 3, arbitrary: fc.stringMatching(/^[a-z.]{1,6}$/) }, awkward), {
  maxLength: 4,
});
const token = fc.oneof(
  address.map((each) => `"${each}"`),
  address.map((each) => `'${each}'`),
  word.map((parts) => `"${parts.join('')}"`),
  word.map((parts) => `'${parts.join('')}'`),
  word.map((parts) => parts.join('')),
);
const tail = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', ' ', ' # why') },
  word.map((parts) => ` #${parts.join('')}`),
  word.map((parts) => parts.join('')),
);
const head = fc.constantFrom(
  '- address: ',
  '  name: ',
  '- ',
  '- name: ',
  '  address: ',
  '# ',
  '',
  '  ',
  '-  address: ',
  '   name: ',
  ' - ',
  '- nmae: ',
);
const line = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(head, token, tail).map((parts) => parts.join('')) },
  { weight: 4, arbitrary: address.map((each) => `- address: "${each}"`) },
  { weight: 4, arbitrary: fc.stringMatching(/^ {2}name: "[a-z.]{1,9}"$/) },
  word.map((parts) => `#${parts.join('')}`),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\n', '\n', '\r\n'), fc.boolean())
  .map(([lines, separator, ended]) => lines.join(separator) + (ended ? separator : ''));

const plainLine = fc.oneof(
  address.map((each) => `- address: "${each}"\n`),
  fc
    .tuple(address, fc.stringMatching(/^[a-z]{1,5}$/))
    .map(([each, name]) => `- address: '${each}' # ${name}\n  name: "${name}"\n`),
  fc
    .tuple(address, fc.stringMatching(/^[a-z]{1,5}$/))
    .map(([each, name]) => `- name: ${name}.eth\n  address: "${each}"\n`),
  fc.constantFrom('# a comment\n', '\n', '  # it is "quoted"\n'),
);
const damage = fc.record({
  at: fc.noBias(fc.nat(999)),
  remove: fc.nat(2),
  insert: fc.oneof(awkward, fc.constant('')),
});
/** Plain texts with one or two small changes: most stay readable, and every rule is put to the test at its edge. */
const damaged = fc
  .tuple(fc.array(plainLine, { maxLength: 4 }), fc.array(damage, { maxLength: 2 }))
  .map(([lines, changes]) =>
    changes.reduce((before, { at, remove, insert }) => {
      const index = Math.floor((at / 1_000) * before.length);
      return before.slice(0, index) + insert + before.slice(index + remove);
    }, lines.join('')),
  );

const outcome = (read: () => ParsedList) => {
  try {
    return [...read().byId.values()].map(({ lower, name }) => ({ lower, name }));
  } catch (error) {
    return String(error);
  }
};

test.prop([fc.oneof(text, { weight: 3, arbitrary: damaged })], { numRuns })(
  'what the line scan reads means the same to the YAML parser, faults included',
  (input) => {
    for (const kind of [listKinds.address, listKinds.group]) {
      const own = input.replaceAll('address', kind.key);
      const scanned = atOnce(scanLines(own, kind.key));
      if (!scanned.plain) continue;
      const check = (rows: Rows) => outcome(() => atOnce(checkRows({ text: own, rows, kind })));
      expect(check(scanned)).toEqual(check(readDocument(own, kind.key)));
    }
  },
  timeout,
);

test.prop([fc.array(fc.tuple(address, fc.option(fc.stringMatching(/^[a-z0-9-]{1,8}\.eth$/))), { maxLength: 20 })], {
  numRuns: 100,
})('the plain shape takes the fast way', (list) => {
  const lines = list.map(
    ([each, name]) => `- address: "${each}"\n${name === null ? '' : `  name: "${name}" # a friend\n`}`,
  );
  const scan = atOnce(scanLines(`# all of them\n\n${lines.join('')}`));
  expect(scan.plain && scan.rows).toHaveLength(list.length);
});

test.prop([fc.oneof(text, damaged, fc.string({ unit: 'binary' }))], { numRuns })(
  'no text makes parsing fail without a place and a code',
  async (input) => {
    try {
      await parseList(input);
    } catch (error) {
      expect(error).toMatchObject({ name: 'AllowlistError', position: { line: expect.any(Number) } });
    }
  },
  timeout,
);
