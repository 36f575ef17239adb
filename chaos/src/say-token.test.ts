import { expect, test } from 'vitest';
import { findTokens, sayToken } from './say-token.ts';

const token = (step: number) => ({ lane: 'ann>cat', step, index: 0 });
const earlier = 'ab'.repeat(32);

test('content types take turns, and the same token is always said the same way', () => {
  const turns = [0, 1, 2, 3, 4, 5].map((step) => sayToken(token(step), earlier));
  expect(turns.map((said) => Object.keys(said).join())).toEqual([
    'message',
    'message,replyTo',
    'contentType,content',
    'attachment',
    'message,contentType',
    'contentType,content',
  ]);
  expect(sayToken(token(8), earlier)).toEqual(sayToken(token(8), earlier));
  expect(sayToken(token(1), null)).toEqual({ message: 'chaos:ann>cat:1:0;' });
});

test('a token is found in whatever the SDK makes of it, with its own id, and in nothing else', () => {
  const text = 'chaos:ann>cat:1:0;';
  const sentAtNs = 5n;
  const inReplyTo = { id: 'x', content: 'chaos:ann>cat:0:0;' };
  for (const content of [text, `**${text}**`, { referenceId: 'x', inReplyTo, content: text }, { filename: text }])
    expect(findTokens([{ id: 'm', sentAtNs, content }])).toEqual([{ id: 'm', token: token(1) }]);
  expect(findTokens([{ id: 'm', sentAtNs, fallback: text }])).toEqual([{ id: 'm', token: token(1) }]);
  const reactions = [{ id: 'r', sentAtNs: 9n, content: { content: text, reference: 'm' } }];
  const later = { id: 'n', sentAtNs: 7n, content: 'chaos:ann>cat:0:0;' };
  expect(findTokens([{ id: 'm', sentAtNs, content: 'hello', reactions }, later])).toEqual([
    { id: 'n', token: token(0) },
    { id: 'r', token: token(1) },
  ]);
  expect(findTokens([{ id: 'm', sentAtNs, content: { content: new Uint8Array(3) } }])).toEqual([]);
});
