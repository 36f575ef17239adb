import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { insertEntry, removeEntry, renameEntry } from './edit-text.ts';
import { parseList } from './parse-list.ts';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const timeout = 60_000 + numRuns * 5;

const address = fc.stringMatching(/^0x[0-9a-f]{40}$/).filter((each) => !/^0x0+$/.test(each));
const name = fc.option(
  fc.oneof(fc.stringMatching(/^[a-z]{1,8}\.eth$/), fc.constantFrom('a # b', 'a: b', '"', '- x', '💌', "it's", 'null')),
);
const entries = fc.uniqueArray(fc.tuple(address, name), {
  maxLength: 6,
  comparator: ([a, n], [b, m]) => a === b || (n !== null && n === m),
});
const gap = fc.constantFrom('', '', '\n', '# note 1\n', '  # note 2\n\n');

const block = fc
  .tuple(entries, fc.infiniteStream(gap), fc.constantFrom('', '  '), fc.constantFrom('', '---\n'))
  .map(([list, gaps, indent, head]) => {
    const items = list.map(([each, label]) => {
      const lines =
        label === null
          ? `${indent}- "${each}" # plain\n`
          : `${indent}- name: ${JSON.stringify(label)}\n${indent}  address: '${each}'\n`;
      return `${gaps.next().value}${lines}`;
    });
    return `${head}${items.join('')}${gaps.next().value}`;
  });
const flow = entries.map((list) =>
  JSON.stringify(list.map(([each, label]) => ({ address: each, ...(label !== null && { name: label }) }))),
);

const notes = (text: string) => text.match(/# note \d/g) ?? [];
const read = async (text: string) =>
  Array.from((await parseList(text)).byId.values(), (each) => [each.lower, each.name]);

test.prop([fc.oneof(block, flow), address, fc.nat(5)], { numRuns })(
  'adding then removing changes one entry at a time, and no comment that stands alone',
  async (text, added, index) => {
    const before = await parseList(text);
    fc.pre(!before.byId.has(added));
    const larger = await insertEntry(before, { id: toChecksumAddress(added), name: 'the new one' });
    expect(await read(larger.text)).toEqual([...(await read(text)), [added, 'the new one']]);
    expect(notes(larger.text)).toEqual(notes(text));

    const senders = [...larger.byId.values()];
    const victim = senders[index % senders.length]!;
    const smaller = await removeEntry(larger, victim);
    expect(await read(smaller.text)).toEqual((await read(larger.text)).filter(([each]) => each !== victim.lower));
    expect(notes(smaller.text)).toEqual(notes(text));
  },
  timeout,
);

const newNames = fc.constantFrom('Bob from work', '❤.eth', 'new.eth', '" # \\', null);

test.prop([fc.oneof(block, flow), newNames, fc.nat(5)], { numRuns: Math.ceil(numRuns / 3) })(
  'another name changes one entry in its place, and no comment that stands alone',
  async (text, label, index) => {
    const before = await parseList(text);
    const senders = [...before.byId.values()];
    fc.pre(senders.length > 0);
    const chosen = senders[index % senders.length]!;
    const after = await renameEntry(before, chosen, label);
    expect(await read(after.text)).toEqual(senders.map((each) => [each.lower, each === chosen ? label : each.name]));
    expect(notes(after.text)).toEqual(notes(text));
  },
  timeout,
);
