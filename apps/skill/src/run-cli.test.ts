import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasUnseen } from '@xmtp-messaging/errors';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

async function run(...args: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const code = await runCli({
    args,
    env: {},
    print: (text) => out.push(text),
    printError: (text) => errors.push(text),
  });
  return { code, out: out.join(''), errors: errors.join('') };
}

test('help is asked for, wrong arguments are not', async () => {
  expect(await run('deploy', '--help')).toMatchObject({
    code: 0,
    errors: '',
    out: expect.stringContaining('Exit codes:'),
  });
  for (const args of [['deploy'], ['deploy', 'a', 'b'], ['deploy', 'a', '--nope'], ['undeploy'], []]) {
    expect(await run(...args)).toMatchObject({ code: 2, out: '', errors: expect.stringMatching(/--help|Usage/) });
  }
});

test('faults are readable, on their own channel, and JSON when asked for', async () => {
  const team = join(await temporaryDirectory(), 'team.yaml');
  await writeFile(team, 'agents: [{name: a, openMode: yes}]\n');
  const people = await run('deploy', team);
  expect(people).toMatchObject({ code: 1, out: '' });
  expect(people.errors).toMatchInlineSnapshot(`
    "team.yaml has a fault.

    team.yaml:1:30: agents[0].openMode: must be true or false without quotes, not "yes"
    "
  `);
  const program = await run('deploy', team, '--json');
  expect(program).toMatchObject({ code: 1, errors: '' });
  expect(JSON.parse(program.out)).toMatchObject({
    ok: false,
    error: { code: 'TEAM_INVALID', issues: [{ line: 1, column: 30, path: 'agents[0].openMode' }] },
  });
});

test('a terminal obeys nothing of a hostile argument', async () => {
  for (const args of [['--\u001b[31m\u009b1m\u202eopt'], ['deploy', '\u001b]0;x\u0007'], ['\u001b[2J']]) {
    const { errors } = await run(...args);
    expect(errors).not.toBe('');
    expect(hasUnseen(errors.replaceAll('\n', ''))).toBe(false);
  }
});
