import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type HomeState, parseHomeState } from './home-state.ts';

const name = fc.string({ minLength: 1 });
const ended = fc.record({ code: fc.constantFrom('STALE_COPY' as const, 'MOVED' as const), at: fc.nat() });
const living: fc.Arbitrary<HomeState> = fc.record({
  version: fc.constant(1 as const),
  address: name,
  network: name,
  inboxId: name,
  installationId: fc.option(name),
  registeredAt: fc.option(fc.nat()),
  pendingInstallationId: fc.option(name),
  burnedInstallationIds: fc.array(name),
});
const state = fc.oneof(
  living,
  fc.tuple(living, ended).map(([home, end]): HomeState => ({ ...home, version: 2, ended: end })),
);

test.prop([state])('what was written is read back', (value) => {
  expect(parseHomeState(JSON.stringify(value))).toEqual(value);
});

test.prop([living, ended])('an end and the version that knows of it belong together', (home, end) => {
  expect(parseHomeState(JSON.stringify({ ...home, ended: end }))).toBeNull();
  expect(parseHomeState(JSON.stringify({ ...home, version: 2 }))).toBeNull();
});

test.prop([fc.oneof(fc.string(), fc.json())])('anything else is null, never an exception', (text) => {
  expect(parseHomeState(text)).toBeNull();
});

test.prop([
  state,
  fc.constantFrom('version', 'address', 'network', 'inboxId', 'installationId', 'burnedInstallationIds'),
])('a missing part is not guessed', (value, key) => {
  const { [key as keyof HomeState]: _, ...rest } = value;
  expect(parseHomeState(JSON.stringify(rest))).toBeNull();
});
