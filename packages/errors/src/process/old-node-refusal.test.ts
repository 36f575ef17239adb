import { expect, test } from 'vitest';
import { oldNodeRefusal } from './old-node-refusal.ts';

test.each(['18.20.8', '20.0.0', '22.0.0', '22.17.1'])('Node %s is told in one line', (version) => {
  expect(oldNodeRefusal('xmtp-devnet', version)).toBe(`xmtp-devnet needs Node 22.18 or later; this is ${version}.\n`);
});

test.each(['22.18.0', '22.20.1', '24.0.0', '26.1.0'])('Node %s will do', (version) => {
  expect(oldNodeRefusal('xmtp-devnet', version)).toBe(null);
});
