import { expect, test } from 'vitest';
import { isSdkNoise } from './is-sdk-noise.ts';

test('the one line that every start writes is noise, and nothing else is', () => {
  expect(isSdkNoise('2026-11-27 12:28:20.536: WARN CORE sqlcipherCodecAttach: no codec attached to db')).toBe(true);
  for (const line of [
    '2026-11-27 12:28:20.536: ERROR CORE sqlcipher_page_cipher: hmac check failed for pgno=1',
    '{"level":"warn","msg":"2026-11-27 12:28:20.536: WARN CORE sqlcipherCodecAttach: no codec attached to db"}',
    'x 2026-11-27 12:28:20.536: WARN CORE sqlcipherCodecAttach: no codec attached to db',
    '2026-11-27 12:28:20.536: WARN CORE sqlcipherCodecAttach: no codec attached to db, and more',
    '',
  ])
    expect(isSdkNoise(line)).toBe(false);
});
