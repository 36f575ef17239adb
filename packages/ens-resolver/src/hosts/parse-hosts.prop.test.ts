import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseHosts } from './parse-hosts.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 300);
const piece = fc.constantFrom(
  'a.eth',
  ': ',
  '\n',
  '0x',
  'd8dA6BF26964aF9D7eEd9e03E53415D37aA96045',
  '&x ',
  '*x',
  '[',
  '{',
  '"',
  '- ',
  '#',
  '!!int ',
  '<<',
  '|',
  '\t',
);

test.prop(
  [
    fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    ),
  ],
  { numRuns },
)('any text is a list of good addresses or an explained refusal', (text) => {
  const parsed = parseHosts(text);
  if (!parsed.ok) expect(parsed.reason).toMatch(/^[\x20-\x7e]+$/);
  else for (const address of parsed.hosts.values()) expect(address).toMatch(/^0x[0-9a-fA-F]{40}$/);
});
