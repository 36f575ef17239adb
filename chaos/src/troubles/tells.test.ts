import { expect, test } from 'vitest';
import { tells } from './tells.ts';

const well = {
  connected: true,
  stream: { enabled: true, up: true },
  directions: { receiving: { state: 'ok' }, sending: { state: 'unknown' } },
};

test.each([
  { status: {}, told: false },
  { status: { directions: null, stream: null }, told: false },
  { status: { stream: { enabled: false, up: false } }, told: false },
  { status: { connected: false }, told: true },
  { status: { directions: { sending: { state: 'failing' } } }, told: true },
  { status: { stream: { enabled: true, up: false } }, told: true },
])('a status with $status tells: $told', ({ status, told }) => {
  expect(tells({ ...well, ...status })).toBe(told);
});
