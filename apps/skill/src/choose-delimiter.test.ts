import { expect, test } from 'vitest';
import { chooseDelimiter } from './choose-delimiter.ts';

test('a delimiter is new for each agent, and stays once it is in use', () => {
  const chosen = chooseDelimiter(null);
  expect(chosen).toMatch(/^XMTP_BODY_[0-9a-f]{16}$/u);
  expect(chooseDelimiter(null)).not.toBe(chosen);
  expect(chooseDelimiter(`curl @- <<'${chosen}'\n{}\n${chosen}\n`)).toBe(chosen);
  expect(chooseDelimiter("curl @- <<'JSON'\n", () => '5e'.repeat(8))).toBe(`XMTP_BODY_${'5e'.repeat(8)}`);
});
