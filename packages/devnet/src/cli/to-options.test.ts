import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { productionLimits } from '../limits/create-quotas.ts';
import { parseCount, parsePort, parseRpc, toOptions } from './to-options.ts';

const flags = { host: '127.0.0.1', port: 5556, accounts: 10, rpc: {}, nodes: 1 };

test('neighbouring ports follow the first, unless it is free or they are named', () => {
  expect(toOptions(flags)).toMatchObject({ port: 5556, webPort: 5557, historyPort: 5558 });
  expect(toOptions({ ...flags, port: 0 })).toMatchObject({ port: 0, webPort: 0, historyPort: 0 });
  expect(toOptions({ ...flags, webPort: 80, historyPort: 0 })).toMatchObject({ webPort: 80, historyPort: 0 });
});

test('a fault plan is read from the argument or from a file', async () => {
  const path = join(await temporaryDirectory(), 'plan.json');
  await writeFile(path, '{"refuseWrites":true}');
  const expected = { faults: { refuseWrites: true } };
  expect(toOptions({ ...flags, faults: ' {"refuseWrites":true}' })).toMatchObject(expected);
  expect(toOptions({ ...flags, faults: path })).toMatchObject(expected);
  expect(() => toOptions({ ...flags, faults: '{' })).toThrow(/--faults is not valid/);
  expect(() => toOptions({ ...flags, faults: '/no/such/file' })).toThrow(/no such file/);
});

test('a protocol has a name, and nodes are counted', () => {
  expect(toOptions(flags)).toMatchObject({ protocol: 'v3', nodes: 1, nodePort: 5560 });
  expect(toOptions({ ...flags, d14n: true }).protocol).toBe('d14n');
  expect(toOptions({ ...flags, protocol: 'both', nodes: parseCount('3'), port: 0 })).toMatchObject({
    protocol: 'both',
    nodes: 3,
    nodePort: 0,
  });
  expect(() => toOptions({ ...flags, protocol: 'v4' })).toThrow(/'v3', 'd14n' or 'both'/);
  for (const value of ['0', '10', 'x', '']) expect(() => parseCount(value), value).toThrow(/1 to 9/);
});

test('limits have names', () => {
  expect(toOptions({ ...flags, limits: 'production' }).limits).toBe(productionLimits);
  expect(() => toOptions({ ...flags, limits: 'none' })).toThrow(/only set of limits/);
});

test('arguments that are no ports or no chains are refused', () => {
  expect(parsePort('0')).toBe(0);
  for (const value of ['', 'x', '-1', '65536', '1.5']) expect(() => parsePort(value), value).toThrow(/0 to 65535/);
  expect(parseRpc('1=https://a.example', { 2: 'http://b.example' })).toEqual({
    1: 'https://a.example',
    2: 'http://b.example',
  });
  for (const value of ['1', 'x=https://a', '1=ftp://a', '0=https://a']) {
    expect(() => parseRpc(value, {}), value).toThrow(/1=https/);
  }
});
