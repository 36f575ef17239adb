import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ResolveError } from '../errors.ts';
import { classifyName } from './classify-name.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);

const label = fc.string({
  unit: fc.constantFrom(...Array.from('abzABZ019-_$ \u200d\u202e\u0430éﬁ👻%/\\.\n\0x')),
  minLength: 0,
  maxLength: 8,
});
const nameLike = fc
  .tuple(fc.array(label, { maxLength: 4 }), fc.constantFrom('eth', 'xid.eth', 'base.eth', 'XID.ETH', 'com', ''))
  .map(([labels, suffix]) => [...labels, suffix].join('.'));
const anything = fc.oneof(nameLike, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' }));

test.prop([anything], { numRuns })('any text is classified or refused with a typed error', (input) => {
  try {
    const { kind, name } = classifyName(input);
    if (kind === 'raw') return;
    expect(classifyName(name)).toEqual({ kind, name, normalized: false });
    expect(name).not.toMatch(/[\s\0/\\%?#:@]|\.\.|^\.|\.$/);
    if (kind === 'xid') expect(name).toMatch(/^[a-z0-9][a-z0-9.-]*\.xid\.eth$/);
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    expect(error.message).toMatch(/^[\x20-\x7e\n]*$/);
    expect(error.message.length).toBeLessThan(800);
  }
});
