import { expect, test } from 'vitest';
import { classifyName } from './classify-name.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

test.each([
  ['alice.agent-23.xid.eth', 'xid'],
  ['agent-23.xid.eth', 'xid'],
  ['alice.agent-23.base.xid.eth', 'xid'],
  ['vitalik.eth', 'ens'],
  ['xid.eth', 'ens'],
  ['evilxid.eth', 'ens'],
  ['xid.eth.eth', 'ens'],
  ['base.eth', 'ens'],
  ['jesse.base.eth', 'basename'],
  ['a.b.base.eth', 'basename'],
  ['name.linea.eth', 'linea'],
  [`${address.toLowerCase()}.eth`, 'ens'],
  ['_a.eth', 'ens'],
  ['👻.eth', 'ens'],
])('%s goes to %s', (name, kind) => {
  expect(classifyName(name)).toEqual({ kind, name, normalized: false });
});

test('an address is read as an address, whatever its case', () => {
  expect(classifyName(address.toLowerCase())).toEqual({ kind: 'raw', name: address, normalized: false });
});

test.each([
  ['VITALIK.eth', 'vitalik.eth', false],
  ['Agent-23.XID.eth', 'agent-23.xid.eth', false],
  ['ﬁsh.eth', 'fish.eth', true],
  ['a\u00adb.eth', 'ab.eth', true],
  ['1️⃣.eth', '1⃣.eth', true],
])('%j is looked up as %s', (input, name, normalized) => {
  expect(classifyName(input)).toMatchObject({ name, normalized });
});

test('the route is taken from the normal form', () => {
  expect(classifyName('alice.ⓧⓘⓓ.eth')).toEqual({ kind: 'xid', name: 'alice.xid.eth', normalized: true });
});

test.each([
  ['alice.com', 'UNSUPPORTED_NAME'],
  ['alice', 'UNSUPPORTED_NAME'],
  ['eth', 'UNSUPPORTED_NAME'],
  ['alice.farcaster.eth', 'UNSUPPORTED_NAME'],
  ['0x1234...abcd', 'INVALID_ADDRESS'],
  ['0x1234…abcd', 'INVALID_ADDRESS'],
  ['0xabc', 'INVALID_ADDRESS'],
  [address.slice(2), 'INVALID_ADDRESS'],
  ['al_ice.xid.eth', 'INVALID_NAME'],
  ['_alice.xid.eth', 'INVALID_NAME'],
  ['-alice.xid.eth', 'INVALID_NAME'],
  ['alice-.xid.eth', 'INVALID_NAME'],
  ['ünicode.xid.eth', 'INVALID_NAME'],
  [`${'a'.repeat(64)}.xid.eth`, 'INVALID_NAME'],
  ['a.b.c.d.e.f.g.xid.eth', 'INVALID_NAME'],
  ['', 'INVALID_NAME'],
])('%j is refused as %s', (input, code) => {
  expect(() => classifyName(input)).toThrow(expect.objectContaining({ code, retryable: false }));
});

test('six labels below xid.eth are the most', () => {
  expect(classifyName('a.b.c.d.e.f.xid.eth').kind).toBe('xid');
});
