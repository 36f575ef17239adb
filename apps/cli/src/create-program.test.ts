import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { run } from '../test/run.ts';
import { createProgram } from './create-program.ts';
import { exitCodes } from './exit-codes.ts';

const output = { write: () => {}, isTTY: false, columns: 80 };
const program = createProgram({
  terminal: {
    args: [],
    env: {},
    cwd: '/',
    stdout: output,
    stderr: output,
    readInput: async () => '',
    askSecret: async () => null,
    ask: async () => null,
    onInputEnd: () => {},
    onSignal: () => () => {},
  },
  exitWith: () => {},
});
/** Every command that does something, by its whole name. */
const commands = (parent: Command, before = ''): [string, Command][] =>
  parent.commands.flatMap((command): [string, Command][] => {
    const name = `${before}${command.name()}`;
    return command.commands.length > 0 ? commands(command, `${name} `) : [[name, command]];
  });
// `complete` is the shell's, not a person's.
const all = commands(program).filter(([name]) => name !== 'complete');

test('every command that was promised is there', () => {
  const promised =
    'up down status logs deploy send inbox wait read reply conversations allow deny list knocks dead replay resolve doctor move revoke-installations mcp';
  const names = all.map(([name]) => name);
  expect(promised.split(' ').filter((name) => !names.includes(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(['wallet create', 'wallet list', 'wallet address']));
});

test.each(all)('%s says what it does and prints JSON, and the README has it', async (name, command) => {
  expect(command.description()).toMatch(/\S/u);
  expect(command.options.map(({ long }) => long)).toContain('--json');
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`${name}`);
  const { code, out } = await run([...name.split(' '), '--help'], { cwd: '/', env: { HOME: '/' } });
  expect([code, out.includes(command.description().split('\n')[0]!.slice(0, 30))]).toEqual([0, true]);
});

test.each(all)('%s refuses what it does not know, as one JSON object where that is asked for', async (name) => {
  const { code, json, err } = await run([...name.split(' '), '--json', '--no-such-option'], {
    cwd: '/',
    env: { HOME: '/' },
  });
  expect(json()).toMatchObject({
    ok: false,
    error: { code: expect.any(String), message: expect.stringMatching(/\S/u) },
  });
  expect([code, err]).toEqual([exitCodes.usage, '']);
});

test('every exit code stands in the help and in the README', async () => {
  const { out } = await run(['--help'], { cwd: '/', env: { HOME: '/' } });
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  for (const code of Object.values(exitCodes)) {
    expect(out).toMatch(new RegExp(`^  ${code}  \\S`, 'mu'));
    expect(/Exit codes: .*$/mu.exec(readme)![0]).toMatch(new RegExp(`\\b${code} \\S`, 'u'));
  }
});
