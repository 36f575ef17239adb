import { expect, inject, test } from 'vitest';
import { injectDevnet } from '../../src/inject-devnet.ts';
import { meetOther } from './meet-other.ts';

test('the network of this worker is its own', async () => {
  const mine = injectDevnet();
  expect(await meetOther('second', mine.url)).not.toBe(mine.url);
  expect(inject('xmtpDevnets').map(({ url }) => url)).toContain(mine.url);
});
