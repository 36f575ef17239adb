import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomId } from './identifiers.ts';
import { idPattern } from './layout.ts';

test.prop([fc.uint8Array({ minLength: 8, maxLength: 8 })])(
  'an id is its 64 random bits in hex, each of them',
  (bytes) => {
    const sizes: number[] = [];
    const id = randomId((size) => {
      sizes.push(size);
      return bytes;
    });
    expect(sizes).toEqual([8]);
    expect(id).toMatch(idPattern);
    expect(BigInt(`0x${id}`)).toBe(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  },
);
