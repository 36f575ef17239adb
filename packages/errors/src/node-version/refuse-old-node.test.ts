import { expect, test } from 'vitest';
import { BaseError } from '../base-error.ts';
import { oldRuntimeRefusal } from '../runtime/old-runtime-refusal.ts';
import { refuseOldNode } from './refuse-old-node.ts';

test('an import in an old Node ends with one sentence', () => {
  expect(() => refuseOldNode('22.18.0')).not.toThrow();
  expect(() => refuseOldNode('20.20.2')).toThrow(
    new BaseError({
      code: 'RUNTIME_TOO_OLD',
      shortMessage: 'XMTP Messaging needs Node 22.18 or later; this is 20.20.2.',
    }),
  );
});

test.each([
  [true, '18.0.0', null],
  [true, undefined, null],
  [false, '18.20.8', 'XMTP Messaging needs Node 22.18 or later; this is 18.20.8.'],
  [false, undefined, expect.stringContaining('a browser of 2023 or later')],
  // A new Node that has none of it, by a flag.
  [false, '24.0.0', expect.stringContaining('the v flag')],
])('a runtime with the v flag %s, Node %s: %s', (hasUnicodeSets, node, said) => {
  expect(oldRuntimeRefusal(hasUnicodeSets, node)).toEqual(said);
});
