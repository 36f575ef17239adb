import { expect, test } from 'vitest';
import { parseHosts } from './parse-hosts.ts';

const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

test('names are normalised, addresses may stand without quotes', () => {
  const text = `# local names\nBob.agent-23.xid.eth: ${address}\nbob: "${address.toLowerCase()}"\n`;
  expect(parseHosts(text)).toEqual({
    ok: true,
    hosts: new Map([
      ['bob.agent-23.xid.eth', address],
      ['bob', address],
    ]),
  });
});

test.each(['', '# nothing yet\n', '{}'])('%j is an empty file', (text) => {
  expect(parseHosts(text)).toEqual({ ok: true, hosts: new Map() });
});

test.each([
  ['a.eth: [', 'it is not valid YAML', 1],
  [`- a.eth: ${address}`, 'it must be a mapping of names to addresses', 1],
  ['just text', 'it must be a mapping of names to addresses', 1],
  [`a.eth: ${address}\nb.eth:\n`, '"" is not an Ethereum address', 2],
  [`a.eth: ${address}\nb.eth: {x: y}`, 'each line must be NAME: ADDRESS', 2],
  [`a.eth: &x ${address}\nb.eth: *x`, 'each line must be NAME: ADDRESS', 2],
  [`a.eth: ${address}\nA.eth: ${address}`, '"a.eth" is listed twice', 2],
  [`a.eth: ${address}\na.eth: ${address}`, 'it is not valid YAML', 2],
  [`a..eth: ${address}`, '"a..eth" is not a valid name', 1],
  [`${address}: ${address}`, `"${address}" is not a valid name`, 1],
  ['a.eth: 0x1234...abcd', '"0x1234...abcd" is not an Ethereum address', 1],
  [`a.eth: ${address.replace('dA', 'Da')}`, `"${address.replace('dA', 'Da')}" has a wrong EIP-55 checksum`, 1],
  [`a.eth: 0x${'0'.repeat(40)}`, `"0x${'0'.repeat(40)}" is the zero address`, 1],
])('%j is refused with its line', (text, reason, line) => {
  expect(parseHosts(text)).toEqual({ ok: false, reason, line });
});
