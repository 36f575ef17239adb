import { fc, test } from '@fast-check/vitest';
import { namehash as reference } from 'viem/ens';
import { expect } from 'vitest';
import { namehash } from './namehash.ts';

const label = fc.string({
  unit: fc.constantFrom('a', 'b', 'z', '0', '9', '-', 'ü', '👻'),
  minLength: 1,
  maxLength: 12,
});

test.prop([fc.array(label, { minLength: 1, maxLength: 5 })])('the node is the one that viem computes', (labels) => {
  const name = labels.join('.');
  expect(namehash(name)).toBe(reference(name));
});
