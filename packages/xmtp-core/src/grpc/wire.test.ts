import { expect, test } from 'vitest';
import { encodeNewestWelcomeQuery, encodeSubscription, readWelcomeId } from './wire.ts';

test('the questions have the bytes that the network expects', () => {
  expect(Buffer.from(encodeSubscription([{ key: 'abcd', cursor: 300n }])).toString('hex')).toBe('0a070a02abcd10ac02');
  expect(Buffer.from(encodeNewestWelcomeQuery('abcd')).toString('hex')).toBe('0a02abcd120408021001');
  expect(readWelcomeId(Buffer.from('0a060a0408ac0210', 'hex'))).toBe(300n);
  expect(readWelcomeId(Buffer.alloc(0))).toBe(0n);
});
