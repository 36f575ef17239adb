import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { runCommand, type RunCommandOptions } from './run-command.ts';

const run = (script: string, options: Partial<RunCommandOptions> = {}) =>
  runCommand({
    command: ['/bin/sh', '-c', script],
    args: [],
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 20_000,
    maxStdoutBytes: 4_096,
    signal: undefined,
    ...options,
  });

/** A process that was killed stays listed as a zombie until its parent, here init, takes notice. */
async function isGone(pid: number): Promise<boolean> {
  const { stdout } = await run(`ps -o stat= -p ${pid} || true`);
  return stdout.trim() === '' || stdout.startsWith('Z');
}

/** Writes its own pid and that of a child that outlives it, then waits; ignores every polite signal. */
async function stubborn() {
  const path = join(await temporaryDirectory(), 'pids');
  const script = `trap '' TERM INT HUP; sleep 600 & echo "$$ $!" > ${path}.new; mv ${path}.new ${path}; wait; sleep 600`;
  const pids = async () => (await waitFor(() => readFile(path, 'utf8').catch(() => null))).split(' ').map(Number);
  return { script, pids };
}

test('output, status and signal come back; input is empty and the environment is what was given', async () => {
  await expect(run('cat; printf out; printf err >&2; exit 3')).resolves.toEqual({
    exitCode: 3,
    signal: null,
    stdout: 'out',
    stderr: 'err',
  });
  await expect(run('kill -ABRT $$')).resolves.toMatchObject({ exitCode: null, signal: 'SIGABRT' });
  const { stdout } = await run('exec env', { env: { ONLY: 'this', PATH: '/usr/bin:/bin' } });
  expect(stdout.trim().split('\n').toSorted()).toEqual(['ONLY=this', 'PATH=/usr/bin:/bin', 'PWD=/']);
});

test('a command that takes too long is killed with all that it started', async () => {
  const { script, pids } = await stubborn();
  const running = run(script, { timeoutMs: 300 }).catch((error: unknown) => error);
  const started = await pids();
  expect(await running).toMatchObject({ code: 'OWS_TIMEOUT', retryable: true });
  for (const pid of started) await waitFor(() => isGone(pid), { what: `process ${pid} to end` });
});

test('an abort kills it too, and rejects with the reason of the signal', async () => {
  const { script, pids } = await stubborn();
  const abort = new AbortController();
  const running = run(script, { signal: abort.signal });
  const started = await pids();
  abort.abort(new Error('shutting down'));
  await expect(running).rejects.toThrow('shutting down');
  for (const pid of started) await waitFor(() => isGone(pid), { what: `process ${pid} to end` });
  await expect(run('true', { signal: abort.signal })).rejects.toThrow('shutting down');
});

test('a command that prints without end is killed, and one that complains without end is not', async () => {
  await expect(run('yes')).rejects.toMatchObject({ code: 'OWS_OUTPUT_INVALID' });
  const { exitCode, stderr } = await run('yes | head -c 1000000 >&2');
  expect({ exitCode, kept: stderr.length }).toEqual({ exitCode: 0, kept: 16_384 });
});

test('a child that keeps the output open does not hold the result up', async () => {
  expect(await run('sleep 600 & exit 0')).toMatchObject({ exitCode: 0, signal: null });
});

test('a command that cannot be started is named, without its arguments', async () => {
  const start = (command: [string, ...string[]], args: string[] = []) =>
    run('', { command, args }).catch((error: unknown) => error);
  expect(await start(['/nowhere/ows'])).toMatchObject({ code: 'OWS_CLI_NOT_FOUND' });
  expect(await start(['no-such-ows'])).toMatchObject({ code: 'OWS_CLI_NOT_FOUND' });
  const plain = join(await temporaryDirectory(), 'plain');
  await writeFile(plain, '', { mode: 0o600 });
  expect(await start([plain])).toMatchObject({ code: 'OWS_CLI_NOT_EXECUTABLE' });
  expect(await start([''])).toMatchObject({ code: 'OWS_CLI_FAILED', retryable: false });
  expect(await start(['/bin/true'], ['nul\0'])).toMatchObject({ code: 'OWS_CLI_FAILED' });
  const tooLong = await start(['/bin/true'], ['topsecret'.repeat(20_000)]);
  expect(tooLong).toMatchObject({ code: 'OWS_MESSAGE_TOO_LARGE' });
  expect(JSON.stringify(tooLong) + String((tooLong as Error).stack)).not.toContain('topsecret');
});
