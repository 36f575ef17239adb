import { expect, test } from 'vitest';
import { nearMiss } from './near-miss.ts';

const known = ['xmtp', 'openMode', 'skills'];

test.each([
  ['xtmp', 'xmtp'],
  ['XMTP', 'xmtp'],
  ['xmt', 'xmtp'],
  ['xxmtp', 'xmtp'],
  ['xmtb', 'xmtp'],
  ['open_mode', 'openMode'],
  ['open-Mode', 'openMode'],
  ['opneMode', 'openMode'],
  ['skill', 'skills'],
])('%s looks like %s', (written, meant) => {
  expect(nearMiss(written, known)).toBe(meant);
});

test.each(['xmtp', 'model', 'wallet', 'mode', 'open', 'x', '', 'smtp-server', '__proto__'])(
  '%j does not',
  (written) => {
    expect(nearMiss(written, known)).toBeNull();
  },
);
