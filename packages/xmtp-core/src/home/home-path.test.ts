import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { homePath } from './home-path.ts';

const address = '0x5290000000000000000000000000000000009EE7';

test('a home is the folder of the lower-case address, in ~/.xmtp or where it is told', () => {
  expect(homePath(address)).toBe(join(homedir(), '.xmtp', address.toLowerCase()));
  expect(homePath(address.toLowerCase(), { root: '/data' })).toBe(join('/data', address.toLowerCase()));
});

test.each(['', 'alice.eth', '../../etc', '0x52', `${address}0`, `${address}/..`])('%j is no home', (text) => {
  expect(() => homePath(text, { root: '/data' })).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
});
