import { expect, test } from 'vitest';
import { parseSignature } from './parse-signature.ts';

const rs = 'ab'.repeat(64);
const invalid = expect.objectContaining({ code: 'OWS_OUTPUT_INVALID', exitCode: 0 });

test.each([
  ['JSON', `{\n  "recovery_id": 28,\n  "signature": "${rs}1c"\n}\n`, 28],
  ['bare hex', `${rs}1b\n`, 27],
  ['a prefix', `0x${rs.toUpperCase()}1b`, 27],
  ['a line before it', `evm is deprecated\n${rs}1b\n`, 27],
  ['v as 0', `${rs}00`, 27],
  ['v as 1', `{"signature":"${rs}01"}`, 28],
])('%s is read', (_, stdout, v) => {
  expect(Buffer.from(parseSignature(stdout)).toString('hex')).toBe(rs + v.toString(16));
});

test.each([
  ['nothing', ''],
  ['64 bytes', rs],
  ['66 bytes', `${rs}1b1b`],
  ['v as 29', `${rs}1d`],
  ['v as 2', `${rs}02`],
  ['no hex', 'g'.repeat(130)],
  ['other JSON', '{"signature":1}'],
  ['broken JSON', `{"signature":"${rs}1b"`],
  ['JSON null', '{"signature":null}'],
])('%s is refused', (_, stdout) => {
  expect(() => parseSignature(stdout)).toThrow(invalid);
});
