import { expect, test } from 'vitest';
import { normalizeName } from './normalize-name.ts';

test('255 bytes are the most', () => {
  const name = `${'a'.repeat(251)}.eth`;
  expect(normalizeName(name)).toEqual({ name, changed: false });
  expect(() => normalizeName(`a${name}`)).toThrow(expect.objectContaining({ code: 'NAME_TOO_LONG' }));
});

test.each([
  ['before normalisation makes it shorter', `${'ａ'.repeat(100)}.eth`],
  ['after normalisation has made it longer', `${'½'.repeat(100)}.eth`],
])('the limit holds %s', (_, name) => {
  expect(() => normalizeName(name)).toThrow(expect.objectContaining({ code: 'NAME_TOO_LONG' }));
});

test('the message is the same for every way a name can be wrong, and shows no raw control character', () => {
  expect(() => normalizeName('a\u202e.eth')).toThrowErrorMatchingInlineSnapshot(`
    [ResolveError: "a\\u{202e}.eth" is not a valid ENS name.

    Names have non-empty labels between dots, without spaces, and follow ENSIP-15. Check it for typing errors.]
  `);
});
