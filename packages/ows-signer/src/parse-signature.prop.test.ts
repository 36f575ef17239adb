import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { OwsSignerError } from './errors.ts';
import { parseSignature } from './parse-signature.ts';

// oxlint-disable-next-line node/no-process-env -- the number of runs is set from outside
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const hex = fc.string({
  unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF')),
  minLength: 126,
  maxLength: 134,
});
const output = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  hex,
  hex.map((signature) => JSON.stringify({ signature })),
  fc.json(),
);

test.prop([output], { numRuns })('any output is read as a signature or refused', (stdout) => {
  let result: unknown;
  try {
    const bytes = parseSignature(stdout);
    result = bytes.length === 65 && (bytes[64] === 27 || bytes[64] === 28);
  } catch (error) {
    result = error instanceof OwsSignerError && error.code === 'OWS_OUTPUT_INVALID';
  }
  expect(result).toBe(true);
});
