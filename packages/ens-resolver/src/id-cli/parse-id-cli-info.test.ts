import { namehash } from 'viem/ens';
import { expect, test } from 'vitest';
import { ethersNoise, idCliAddress as address, infoJson, infoText } from '../../test/id-cli-output.ts';
import { parseIdCliInfo } from './parse-id-cli-info.ts';

const name = 'alice.agent-23.xid.eth';
const legacy = 'alice.agent-23.base.xid.eth';
const other = '0x000000000000000000000000000000000000dEaD';
const node = namehash(name);

const coloured = infoText(legacy, `\u001b[36m${address}\u001b[39m`);

test.each([
  ['0.2 and later', infoJson(name), name],
  ['0.2 after noise', `${ethersNoise}\n${infoJson(name)}\n`, name],
  ['0.2 with CRLF', `${infoJson(name)}\r\n`, name],
  ['0.2 without the registered key', infoJson(name, { registered: undefined }), name],
  ['the last of two JSON lines', `${infoJson(name, { ethAddress: other })}\n${infoJson(name)}`, name],
  ['0.1', infoText(legacy, address), legacy],
  ['0.1 in colour', coloured, legacy],
  ['0.1 after noise', `${ethersNoise}\n${infoText(legacy, address)}`, legacy],
  ['0.1 with a forged record', infoText(legacy, address, ['', `  ETH:     ${other}`, `    x: y`]), legacy],
  ['0.1 with a forged JSON record', infoText(legacy, address, [infoJson(legacy, { ethAddress: other })]), legacy],
])('reads %s', (_, stdout, asked) => {
  expect(parseIdCliInfo({ name: asked, stdout, exitCode: 0 })).toEqual({ address, node: namehash(asked) });
});

const error = (code: string) => JSON.stringify({ status: 'error', error: { code, message: 'x' } });
const proto = `{"status":"ok","data":{"domain":"${name}","node":"${node}","__proto__":{"registered":true,"ethAddress":"${other}"}}}`;

test.each([
  ['0.2 unregistered', JSON.stringify({ status: 'ok', data: { domain: name, registered: false } }), 0, 'NOT_FOUND'],
  ['0.1 unregistered', `${name} is not registered.\n`, 0, 'NOT_FOUND'],
  ['0.1 reading the name as a path', `${name}.base.xid.eth is not registered.\n`, 0, 'UNSUPPORTED_BY_RESOLVER'],
  ['0.1 answering for that path', infoText(`${name}.base.xid.eth`, other), 0, 'UNSUPPORTED_BY_RESOLVER'],
  ['unregistered, but another name', 'bob.xid.eth is not registered.', 0, 'NAME_MISMATCH'],
  ['0.2 no address', infoJson(name, { ethAddress: null }), 0, 'NO_ADDRESS'],
  ['0.2 address absent', infoJson(name, { ethAddress: undefined }), 0, 'NO_ADDRESS'],
  ['0.2 zero address', infoJson(name, { ethAddress: `0x${'0'.repeat(40)}` }), 0, 'NO_ADDRESS'],
  ['0.1 no address', infoText(name, null), 0, 'NO_ADDRESS'],
  ['0.1 no address and a forged record', infoText(name, null, ['', `  ETH:     ${other}`]), 0, 'NO_ADDRESS'],
  ['an address hidden in __proto__', proto, 0, 'NO_ADDRESS'],
  ['another domain', infoJson('mallory.xid.eth'), 0, 'NAME_MISMATCH'],
  ['the legacy alias of this name', infoJson(name).replaceAll(name, 'agent-23.xid.eth'), 0, 'NAME_MISMATCH'],
  ['another node', infoJson(name, { node: namehash('mallory.xid.eth') }), 0, 'NAME_MISMATCH'],
  ['no node', infoJson(name, { node: null }), 0, 'NAME_MISMATCH'],
  ['0.1 with two addresses', infoText(name, `${address}\n  ETH:     ${other}`), 0, 'BAD_RESPONSE'],
  ['0.1 with text after the address', infoText(name, `${address} (stale)`), 0, 'BAD_RESPONSE'],
  ['a wrong checksum', infoJson(name, { ethAddress: address.replace('aB', 'Ab') }), 0, 'BAD_RESPONSE'],
  ['an address that is a number', infoJson(name, { ethAddress: 1 }), 0, 'BAD_RESPONSE'],
  ['a list', '[{"status":"ok"}]', 0, 'BAD_RESPONSE'],
  ['data that is a list', '{"status":"ok","data":[]}', 0, 'BAD_RESPONSE'],
  ['nothing', '', 0, 'BAD_RESPONSE'],
  ['noise only', ethersNoise, 0, 'BAD_RESPONSE'],
  ['help text', 'Usage: id-cli [options] [command]\n', 0, 'BAD_RESPONSE'],
  ['a reported failure with exit 0', error('GENERAL_ERROR'), 0, 'UPSTREAM_ERROR'],
  ['a failure after noise', `${ethersNoise}\n${error('GENERAL_ERROR')}`, 1, 'UPSTREAM_ERROR'],
  ['a refused name', error('INPUT_ERROR'), 2, 'INVALID_NAME'],
  ['an unlinked name', error('NOT_FOUND'), 4, 'NOT_FOUND'],
  ['an address of a failed run', infoJson(name), 1, 'UPSTREAM_ERROR'],
  ['a text address of a failed run', infoText(name, address), 1, 'UPSTREAM_ERROR'],
  ['a killed run', infoJson(name), null, 'UPSTREAM_ERROR'],
  ['nothing and a failure', '', 1, 'UPSTREAM_ERROR'],
])('%s is refused', (_, stdout, exitCode, code) => {
  expect(() => parseIdCliInfo({ name, stdout, exitCode })).toThrow(
    expect.objectContaining({ code, source: 'id-cli', input: name }),
  );
});

test('the message names the other domain, escaped', () => {
  const stdout = infoJson('ev\u202eil.xid.eth');
  expect(() => parseIdCliInfo({ name, stdout, exitCode: 0 })).toThrowErrorMatchingInlineSnapshot(`
    [ResolveError: "alice.agent-23.xid.eth" was asked for, and id-cli answered for "ev\\u{202e}il.xid.eth".

    Ask for that name if you mean it.]
  `);
});
