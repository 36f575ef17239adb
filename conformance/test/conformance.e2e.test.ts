import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sourceFlags } from '@xmtp-messaging/stage';
import { testProtocol } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const run = (...args: string[]) => promisify(execFile)(process.execPath, [...sourceFlags, main, ...args]);

test('rows of the chosen scenarios, clients and network, as JSON', async () => {
  const names = ['direct messages', 'removed and added again'];
  const only = names.flatMap((name) => ['--only', name]);
  const { stdout } = await run(...only, '--client', 'agent-sdk', '--protocol', testProtocol, '--json');
  const row = { client: 'agent-sdk', version: '2.3.0', protocol: testProtocol, result: 'pass', reason: null };
  expect(JSON.parse(stdout)).toEqual({
    rows: names.map((scenario) => ({ scenario, ...row, seconds: expect.any(Number) as number })),
  });
});
