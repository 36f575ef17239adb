import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { isApplicationMessage } from './is-application-message.ts';
import { postsWire } from './posts-wire.ts';

const networks = fc.constantFrom('v3' as const, 'd14n' as const);
const bytes = fc.uint8Array({ maxLength: 80 });

test.prop([networks, bytes])('whatever a node answers is read, or left out', (network, answer) => {
  const wire = postsWire[network];
  expect(wire.readPage(Buffer.from(answer))).toBeInstanceOf(Array);
  expect(wire.readNewest(Buffer.from(answer))).toBeInstanceOf(Array);
});

const u16 = (value: number) => [value >> 8, value & 255];
/** The length of a vector as RFC 9420 section 2.1.2 writes it. */
const lengthOf = (length: number) => (length < 64 ? [length] : u16(0x4000 | length));

test.prop([fc.uint8Array({ maxLength: 300 }), fc.constantFrom(1, 2, 3), fc.uint8Array({ maxLength: 20 })])(
  'the content type stands behind group and epoch',
  (group, kind, rest) => {
    const message = [
      ...u16(1),
      ...u16(2),
      ...lengthOf(group.length),
      ...group,
      ...Array<number>(8).fill(9),
      kind,
      ...rest,
    ];
    expect(isApplicationMessage(Uint8Array.from(message))).toBe(kind === 1);
    // Cut before its kind, it has none.
    expect(isApplicationMessage(Uint8Array.from(message.slice(0, -rest.length - 1 || -1)))).toBe(false);
  },
);
