import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ResolveError } from '../errors.ts';
import { parseProfile } from './parse-profile.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);
const value = fc.oneof(
  fc.constantFrom('vitalik.eth', 'ens', 'ethereum', '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045', null, ''),
  fc.jsonValue({ maxDepth: 2 }),
);
const near = fc.record({ identity: value, platform: value, address: value, __proto__: value }, { requiredKeys: [] });

test.prop(
  [
    fc.oneof(
      near.map((object) => JSON.stringify(object)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    ),
  ],
  { numRuns },
)('a body gives an address only when identity and platform are those asked for', (body) => {
  try {
    expect(parseProfile(body, { name: 'vitalik.eth', platform: 'ens' })).toMatch(/^0x[0-9a-fA-F]{40}$/);
    expect(JSON.parse(body)).toMatchObject({ identity: 'vitalik.eth', platform: 'ens' });
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
  }
});
