import { expect, test } from 'vitest';
import * as content from './index.ts';

test('every type has one short name, one full id and one schema', () => {
  expect(Object.keys(content.contentTypeIds).toSorted()).toEqual(Object.keys(content.contentSchemas).toSorted());
  for (const [name, id] of Object.entries(content.contentTypeIds)) {
    expect(content.shortTypeOf(id)).toBe(name);
    expect(content.contentTypeNameOf(id.replace(/\.0$/u, '.7'))).toBe(name);
  }
  expect(content.contentTypeNameOf('xmtp.org/reaction:1.0')).toBe('reaction');
});

test('what is not known keeps its full id', () => {
  for (const id of ['xmtp.org/text:2.0', 'evil.org/text:1.0', 'constructor', 'unknown', '']) {
    expect([content.contentTypeNameOf(id), content.shortTypeOf(id)]).toEqual([null, id]);
  }
});

test('a reply nests any other type', () => {
  const reply = {
    type: 'reply',
    content: { reference: 'ab'.repeat(32), content: { type: 'markdown', content: { markdown: '*yes*' } } },
  };
  expect(content.typedContent.parse(reply)).toEqual(reply);
  const poll = { type: 'example.org/poll:1.0', content: { parameters: { a: 'b' }, content: 'AQID' } };
  expect(content.typedContent.parse(poll)).toEqual(poll);
  expect(content.typedContent.safeParse({ type: 'text', content: { markdown: 'x' } }).success).toBe(false);
});
