import { expect, test } from 'vitest';
import { askIdentityNews } from './ask-identity-news.ts';
import {
  bytesField,
  encodeIdentityUpdatesRequest,
  encodeNewestWelcomeQuery,
  encodeSubscription,
  readIdentityNews,
  readWelcomeId,
  varintField,
} from './wire.ts';

test('the questions have the bytes that the network expects', () => {
  expect(Buffer.from(encodeSubscription([{ key: 'abcd', cursor: 300n }])).toString('hex')).toBe('0a070a02abcd10ac02');
  expect(Buffer.from(encodeNewestWelcomeQuery('abcd')).toString('hex')).toBe('0a02abcd120408021001');
  expect(readWelcomeId(Buffer.from('0a060a0408ac0210', 'hex'))).toBe(300n);
  expect(readWelcomeId(Buffer.alloc(0))).toBe(0n);
});

test('news of inboxes: the newest update of each that has any, and nothing where the answer is not whole', () => {
  expect(Buffer.from(encodeIdentityUpdatesRequest(new Map([['ab', 300n]]))).toString('hex')).toBe('0a070a02616210ac02');
  const update = (sequenceId: bigint) => bytesField(2, varintField(1, sequenceId));
  const inbox = (id: string, ...updates: Uint8Array[]) =>
    bytesField(1, Buffer.concat([bytesField(1, Buffer.from(id)), ...updates]));
  const whole = Buffer.concat([inbox('ab', update(7n), update(6n)), inbox('cd')]);
  expect(readIdentityNews(whole)).toEqual(
    new Map([
      ['ab', 7n],
      ['cd', null],
    ]),
  );
  expect(readIdentityNews(Buffer.concat([inbox('ab', bytesField(2, Buffer.alloc(0)))]))).toBeNull();
  expect(readIdentityNews(whole.subarray(0, whole.length - 1))).toBeNull();
});

test('a node that does not speak of every inbox has given no answer', async () => {
  const since = new Map([
    ['ab', 1n],
    ['cd', 1n],
  ]);
  const answer = bytesField(1, bytesField(1, Buffer.from('ab')));
  const ask = (bytes: Uint8Array) => askIdentityNews({ ask: async () => Buffer.from(bytes) }, since);
  await expect(ask(answer)).rejects.toThrow('every inbox');
  await expect(ask(Buffer.alloc(0))).rejects.toThrow('every inbox');
  expect(await ask(Buffer.concat([answer, bytesField(1, bytesField(1, Buffer.from('cd')))]))).toEqual(new Map());
});
