import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createByteBudget } from './create-byte-budget.ts';
import { createFrame } from './create-frame.ts';
import { readMessage } from './read-message.ts';

const payload = fc.uint8Array({ maxLength: 400 });

test.prop([payload, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), fc.boolean(), fc.boolean()])(
  'however it is cut, packed and written, a request is the message that was sent, and nothing is kept',
  async (message, sizes, compressed, text) => {
    const frame = compressed ? createFrame(1, gzipSync(message)) : createFrame(0, message);
    const body = text ? Buffer.from(frame.toString('base64')) : frame;
    const pieces: Buffer[] = [];
    for (let at = 0, turn = 0; at < body.length; turn++) {
      const end = at + sizes[turn % sizes.length]!;
      pieces.push(body.subarray(at, end));
      at = end;
    }
    const budget = createByteBudget(2 ** 22);
    const lease = budget.open();
    const read = await readMessage({ body: Readable.from(pieces), encoding: 'gzip', text, lease });
    expect(Buffer.from(read).equals(message)).toBe(true);
    lease.release();
    expect(() => budget.open().take(2 ** 22 - 16 * 1024)).not.toThrow();
  },
);
