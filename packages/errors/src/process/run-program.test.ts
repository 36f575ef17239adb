import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { runProgram, type RunProgramOptions } from './run-program.ts';

async function run(script: string, options: Partial<RunProgramOptions> = {}) {
  const cwd = await temporaryDirectory();
  const result = runProgram({
    file: '/bin/sh',
    args: ['-c', script],
    cwd,
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 10_000,
    maxStdoutBytes: 1_000,
    signal: new AbortController().signal,
    ...options,
  });
  return { cwd, result };
}

/** Has begun a session of its own before the script goes on; keeps open what it is not told to leave. */
const leaver = (redirected = '') =>
  `setsid sh -c 'echo $$ > child; exec sleep 100' ${redirected} & until test -s child; do sleep 0.01; done`;

const pidFrom = (path: string) =>
  waitFor(async () => Number(await readFile(path, 'utf8').catch(() => '')) || null, { what: path });

test('gives the output and the exit code, and drops standard error', async () => {
  const { result } = await run('echo out; echo secret >&2; exit 3');
  expect(await result).toEqual({ end: 'exited', exitCode: 3, signal: null, stdout: 'out\n', stderr: '' });
});

test('the program reads its input, or need not; what it complains of is kept when asked for', async () => {
  const { result } = await run('cat; echo no >&2', { input: 'grüß', keptStderrBytes: 2 });
  expect(await result).toMatchObject({ stdout: 'grüß', stderr: 'no' });
  const { result: unread } = await run('exit 0', { input: 'x'.repeat(1_000_000) });
  expect(await unread).toMatchObject({ end: 'exited', exitCode: 0 });
});

test('the environment is exactly what was given', async () => {
  const { result } = await run('env', { env: { PATH: '/usr/bin:/bin', RPC_URL: 'x' } });
  const ofTheShell = /^(?:PWD|OLDPWD|SHLVL|_)=/;
  const lines = (await result).stdout.trim().split('\n');
  expect(new Set(lines.filter((line) => !ofTheShell.test(line)))).toEqual(new Set(['PATH=/usr/bin:/bin', 'RPC_URL=x']));
});

test('a hanging program that ignores SIGTERM is killed with its children', async () => {
  const { cwd, result } = await run(`trap '' TERM; sleep 100 & echo $! > child; echo $$ > parent; wait`, {
    timeoutMs: 1_000,
  });
  const pids = [await pidFrom(join(cwd, 'parent')), await pidFrom(join(cwd, 'child'))];
  expect(await result).toMatchObject({ end: 'timeout', exitCode: null, stdout: '' });
  await waitFor(() => pids.every((pid) => !isAlive(pid)), { what: 'the death of both' });
});

test('a grandchild that keeps the pipe open dies with the program and holds nothing up', async () => {
  const { cwd, result } = await run('sleep 100 & echo $! > child; echo done');
  expect(await result).toMatchObject({ end: 'exited', exitCode: 0, stdout: 'done\n' });
  const pid = await pidFrom(join(cwd, 'child'));
  await waitFor(() => !isAlive(pid), { what: 'the death of the grandchild' });
});

test('a grandchild that left the process group does not hold the answer up', async () => {
  const { cwd, result } = await run(`${leaver()}; echo done`);
  expect(await result).toMatchObject({ end: 'exited', exitCode: 0, stdout: 'done\n' });
  process.kill(await pidFrom(join(cwd, 'child')), 'SIGKILL');
});

test('nor does one that holds standard error alone, which is kept', async () => {
  const { cwd, result } = await run(`${leaver('>/dev/null')}; echo why >&2; exit 3`, {
    keptStderrBytes: 100,
  });
  expect(await result).toMatchObject({ end: 'exited', exitCode: 3, stderr: 'why\n' });
  process.kill(await pidFrom(join(cwd, 'child')), 'SIGKILL');
});

test('too much output ends the program', async () => {
  const { result } = await run('yes');
  expect(await result).toMatchObject({ end: 'too-large', exitCode: null, stdout: '' });
});

test('an abort ends the program, also before it has started', async () => {
  const controller = new AbortController();
  const { cwd, result } = await run('echo $$ > parent; sleep 100', { signal: controller.signal });
  const pid = await pidFrom(join(cwd, 'parent'));
  controller.abort();
  expect((await result).end).toBe('aborted');
  await waitFor(() => !isAlive(pid), { what: 'its death' });
  const again = await run('sleep 100', { signal: AbortSignal.abort() });
  expect((await again.result).end).toBe('aborted');
});

test('a program that is not there is the system error', async () => {
  const { result } = await run('', { file: '/nowhere/id-cli' });
  await expect(result).rejects.toMatchObject({ code: 'ENOENT' });
});
