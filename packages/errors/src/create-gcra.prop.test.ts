import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createGcra } from './create-gcra.ts';

const rate = fc.record({ burst: fc.integer({ min: 1, max: 20 }), perSecond: fc.constantFrom(0.1, 1, 3, 10, 50) });
const steps = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 60 });

test.prop([rate, steps])(
  'what is refused can be had after the wait it names, and not a millisecond before',
  (limit, pauses) => {
    const gcra = createGcra(limit);
    let now = 1_000;
    let bucket = 0;
    for (const pause of pauses) {
      now += pause;
      const wait = gcra.waitMs(bucket, now);
      const taken = gcra.take(bucket, now);
      expect(taken === null).toBe(wait > 0);
      expect(gcra.take(bucket, now + wait)).not.toBeNull();
      if (wait > 1) expect(gcra.take(bucket, now + wait - 1)).toBeNull();
      bucket = taken ?? bucket;
    }
  },
);

test.prop([rate, steps])('no window lets more through than the burst and the rate together', (limit, pauses) => {
  const gcra = createGcra(limit);
  const start = 1_000;
  let now = start;
  let bucket = 0;
  let count = 0;
  for (const pause of pauses) {
    now += pause;
    const taken = gcra.take(bucket, now);
    if (taken === null) continue;
    bucket = taken;
    count += 1;
  }
  expect(count).toBeLessThanOrEqual(limit.burst + ((now - start) / 1_000) * limit.perSecond + 1e-6);
});
