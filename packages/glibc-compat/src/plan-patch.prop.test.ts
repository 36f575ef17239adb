import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { smallBinding } from '../test/binding-fixture.ts';
import { GlibcCompatError } from './errors.ts';
import { type Edit, planPatch } from './plan-patch.ts';

// oxlint-disable-next-line node/no-process-env -- the number of runs is set from outside
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const originals = { x64: smallBinding('x64'), arm64: smallBinding('arm64') };
const arch = fc.constantFrom('x64' as const, 'arm64' as const);
const size = Math.max(originals.x64.length, originals.arm64.length);
/** Half of the positions fall on the header and the tables that the patcher reads first. */
const position = fc.oneof(fc.nat(size - 1), fc.nat(0x40), fc.integer({ min: 0x1d_70, max: 0x21_70 }));

/** Plans for `bytes`; whatever they are, they stay as they were, and edits stay inside of them. */
function plan(bytes: Buffer): readonly Edit[] | GlibcCompatError {
  const copy = Buffer.from(bytes);
  try {
    const edits = planPatch(bytes, { glibc: '2.36' });
    for (const edit of edits) {
      expect(edit.offset + edit.size).toBeLessThanOrEqual(bytes.length);
      expect(edit.value).toBeLessThan(2 ** (8 * edit.size));
    }
    return edits;
  } catch (error) {
    expect(error).toBeInstanceOf(GlibcCompatError);
    return error as GlibcCompatError;
  } finally {
    expect(bytes.equals(copy)).toBe(true);
  }
}

test.prop([arch, fc.nat(size - 1)], { numRuns })('a truncated binding is refused', (name, length) => {
  const bytes = originals[name];
  const cut = bytes.subarray(0, Math.min(length, bytes.length - 1));
  expect(plan(cut)).toMatchObject({ code: 'BINDING_MALFORMED' });
});

test.prop([arch, fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 8 })], { numRuns })(
  'a binding with changed bytes is planned or refused, never misread',
  (name, changes) => {
    const bytes = Buffer.from(originals[name]);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    plan(bytes);
  },
);

test.prop([arch, position, fc.constantFrom(1, 2, 4, 8)], { numRuns })(
  'a binding with a field of the largest or smallest value is planned or refused, never misread',
  (name, at, width) => {
    for (const value of [0x00, 0x7f, 0xff]) {
      const bytes = Buffer.from(originals[name]);
      plan(bytes.fill(value, Math.min(at, bytes.length), Math.min(at + width, bytes.length)));
    }
  },
);

test.prop([fc.uint8Array({ maxLength: 4096 })], { numRuns })('arbitrary bytes are refused', (bytes) => {
  expect(plan(Buffer.from(bytes))).toMatchObject({ code: 'BINDING_MALFORMED' });
});
