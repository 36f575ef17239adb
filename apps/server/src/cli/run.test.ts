import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';
import { variableNames } from '../config/variables.ts';

async function runWith(args: readonly string[], env: Record<string, string> = {}) {
  let printed = '';
  let errors = '';
  const code = await run({
    args,
    env,
    print: (text) => void (printed += text),
    printError: (text) => void (errors += text),
    onSignal: () => {},
    exit: () => {},
  });
  return { code, printed, errors };
}

test('L5: the help names every variable, and the README has a row for each and no other', async () => {
  const { code, printed } = await runWith(['--help']);
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]+)` +\|/gmu)].map((match) => match[1]);
  expect(code).toBe(0);
  for (const name of variableNames) expect(printed).toMatch(new RegExp(`^  ${name} `, 'mu'));
  expect(rows).toEqual(variableNames);
});

test('exit codes', async () => {
  expect((await runWith(['--version'])).printed).toMatch(/^\d+\.\d+\.\d+\n$/u);
  expect((await runWith(['--port', '1'])).code).toBe(exitCodes.config);
  expect((await runWith(['move-to-gateway', 'now'])).code).toBe(exitCodes.config);
  const moved = await runWith(['move-to-gateway'], { HOME: '/', OWS_WALLET: 'nobody', XMTP_HOME: '/nowhere' });
  expect([moved.code, moved.errors]).toEqual([exitCodes.failed, expect.stringContaining('wallet')]);
  const unset = await runWith([], { HOME: '/' });
  expect([unset.code, unset.errors]).toEqual([exitCodes.walletUnset, expect.stringMatching(/^OWS_WALLET is not set/u)]);
  const wrong = await runWith([], { OWS_WALLET: 'a', HOME: '/', ID_CLI_COMMAND: './id-cli' });
  expect([wrong.code, wrong.errors]).toEqual([exitCodes.config, expect.stringContaining('id-cli')]);
  for (const { errors } of [unset, wrong]) expect(errors).not.toContain('    at ');
});
