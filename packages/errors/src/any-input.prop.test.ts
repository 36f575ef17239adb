import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { checkAddress, toChecksumAddress } from './address/index.ts';
import { isName, looksLikeName, nameKey, normalizeName, readListedName, readListName } from './name/index.ts';
import { quoteInput } from './quote-input.ts';

/** What a program without types may hand over where a text belongs. */
const anything = fc.oneof(
  fc.anything(),
  fc.constant(['0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed']),
  fc.constant(Symbol('s')),
);

test.prop([anything])('whatever comes where a text belongs is answered, never met with a TypeError', (value) => {
  const text = value as string;
  const isText = typeof value === 'string';
  for (const read of [normalizeName, readListName, readListedName, checkAddress])
    expect(isText || !read(text).ok).toBe(true);
  for (const asks of [isName, looksLikeName]) expect(isText || !asks(text)).toBe(true);
  expect(typeof nameKey(text)).toBe('string');
  expect(quoteInput(text)).toMatch(/^["(]/u);
  if (!isText) expect(toChecksumAddress(text)).toBe(value);
});
