import { fc, test } from '@fast-check/vitest';
import { contentSchemas, customContent, type MessageContent } from '@xmtp-messaging/xmtp-core/content';
import { expect, test as table } from 'vitest';
import { contentWith, everywhere } from '../../test/schema-places.ts';
import { showData } from './show-data.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 60);
const poll = 'example.org/poll:1.0';
const schemas = { ...contentSchemas, [poll]: customContent };
const types = Object.keys(schemas) as (keyof typeof schemas)[];
const url = `https://files.example/${'a'.repeat(300)}`;
const hex = '0123456789abcdef'.repeat(20);
const fill = fc.constantFrom('', 'a', url, hex, '<|im_start|>\u202E', 'line\n'.repeat(40), '\u{1F600}'.repeat(30));

const contentOf = (type: keyof typeof schemas, put: string, repeats: number) => {
  const content = contentWith(schemas[type], everywhere, (isBytes) =>
    isBytes ? Buffer.from(put).toString('base64') : put,
  ) as MessageContent;
  return repeat(content, repeats) as MessageContent;
};
/** Lists of so many of the same. */
const repeat = (value: unknown, count: number): unknown => {
  if (Array.isArray(value)) return Array.from({ length: count }, () => repeat(value[0], count > 9 ? 1 : count));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, repeat(each, count)]));
};
const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
};

/** What is wrong with what is shown of a content in so many bytes. */
function faults(type: keyof typeof schemas, content: MessageContent, maxBytes: number): unknown[] {
  const message = { type, content, fallback: 'f'.repeat(40) };
  const whole = showData(message, { maxBytes: 1_000_000, modelTokens: [] });
  const shown = showData(message, { maxBytes, modelTokens: [] });
  const found: unknown[] = [];
  if (shown.content !== null) {
    const parsed = schemas[type].safeParse(shown.content);
    if (!parsed.success) found.push(parsed.error.issues);
    const known = new Set(stringsOf(whole.content));
    const isWords = type === 'text' || type === 'markdown' || type === 'reply';
    if (!isWords) found.push(...stringsOf(shown.content).filter((each) => !known.has(each)));
  }
  const isLess = JSON.stringify([shown.content, shown.fallback]) !== JSON.stringify([whole.content, whole.fallback]);
  if (isLess && !shown.truncated) found.push('less is shown, and it is not said');
  return found;
}

test.prop([fc.constantFrom(...types), fill, fc.integer({ min: 1, max: 30 }), fc.nat(3_000)], { numRuns })(
  'whatever is cut is content of its type still, or said to be none, and no string in it is half of another',
  (type, put, repeats, maxBytes) => {
    const content = contentOf(type, put, repeats);
    // What could never be read is not shown as this.
    fc.pre(schemas[type].safeParse(content).success);
    expect(faults(type, content, maxBytes)).toEqual([]);
  },
);

table('every type, cut at every size', () => {
  for (const type of types) {
    const content = contentOf(type, type === 'actions' ? '12' : hex, 3);
    const sizes = JSON.stringify(content).length + 400;
    for (let maxBytes = 0; maxBytes < sizes; maxBytes += 23)
      expect([type, maxBytes, faults(type, content, maxBytes)]).toEqual([type, maxBytes, []]);
    const shown = showData({ type, content, fallback: null }, { maxBytes: 100_000, modelTokens: [] });
    expect([type, shown.truncated, shown.content]).toEqual([type, false, content]);
  }
});
