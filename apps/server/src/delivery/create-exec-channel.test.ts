import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentMessage } from '@xmtp-messaging/agent';
import { isAlive, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createExecChannel } from './create-exec-channel.ts';

const message = { id: 'a'.repeat(64), receivedAt: '2026-01-01T00:00:00.000Z', text: 'it’s "$(date)"' } as AgentMessage;

async function setUp(script: string, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const cwd = await temporaryDirectory();
  await writeFile(join(cwd, 'agent.sh'), script);
  const channel = createExecChannel({
    command: ['sh', 'agent.sh', 'one word'],
    env: { PATH: '/usr/bin:/bin' },
    cwd,
    timeoutMs: options.timeoutMs ?? 20_000,
  });
  const { signal = new AbortController().signal } = options;
  return { cwd, deliver: () => channel.deliver(message, { signal, attempt: 2 }) };
}

test('the program reads the message as it is, and neither its arguments nor its environment hold a word of it', async () => {
  const { cwd, deliver } = await setUp('cat > message; echo "$# $1" > args; env > env; ps -o args= -p $$ >> args');
  expect(await deliver()).toEqual({ kind: 'delivered', reply: null });
  const [given, args, env] = await Promise.all(
    ['message', 'args', 'env'].map((name) => readFile(join(cwd, name), 'utf8')),
  );
  expect(JSON.parse(given!)).toEqual({
    type: 'message.received',
    timestamp: message.receivedAt,
    attempt: 2,
    data: message,
  });
  expect(args).toMatch(/^1 one word\n/u);
  expect(args! + env!).not.toContain('date');
});

test.each([
  ['printf Hi', { kind: 'delivered', reply: 'Hi' }],
  [`printf '{"reply":"grüß"}'`, { kind: 'delivered', reply: 'grüß' }],
  ['echo OK', { kind: 'delivered', reply: null }],
  [
    String.raw`printf 'caf\351'`,
    {
      kind: 'refused',
      error: 'The answer of the agent is not UTF-8 and names no charset.',
      attempts: 3,
    },
  ],
  [String.raw`printf '\377\376H\000i\000'`, { kind: 'delivered', reply: 'Hi' }],
  ['printf Hi; exit 3', { kind: 'failed', error: 'the command ended with exit code 3' }],
  ['kill -9 $$', { kind: 'failed', error: 'the command ended with SIGKILL' }],
  ['echo secret >&2; exit 1', { kind: 'failed', error: 'the command ended with exit code 1' }],
  ['yes', { kind: 'refused', error: 'the command printed more than a reply may hold', attempts: 3 }],
  [`printf '{"reply":'`, { kind: 'refused', error: 'its answer is not valid JSON', attempts: 3 }],
])('%s', async (script, outcome) => {
  expect(await (await setUp(script)).deliver()).toEqual(outcome);
});

test('one that hangs is ended with all that it started, and so is one that nobody waits for any more', async () => {
  const pids = (cwd: string) =>
    waitFor(async () =>
      (await readFile(join(cwd, 'pids'), 'utf8').catch(() => ''))
        .match(/\d+ \d+/u)?.[0]
        .split(' ')
        .map(Number),
    );
  const script = 'sleep 600 & echo "$$ $!" > pids.new; mv pids.new pids; wait';
  const slow = await setUp(script, { timeoutMs: 1000 });
  const outcome = slow.deliver();
  const started = await pids(slow.cwd);
  expect(await outcome).toEqual({ kind: 'failed', error: 'the command did not end within 1000 ms' });
  const abort = new AbortController();
  const stopped = await setUp(script, { signal: abort.signal });
  const delivery = stopped.deliver();
  started.push(...(await pids(stopped.cwd)));
  abort.abort(new Error('shutting down'));
  await expect(delivery).rejects.toThrow('shutting down');
  await waitFor(() => started.every((pid) => !isAlive(pid)), { what: 'the end of all' });
});

test('a program that is not there is a failure that says so', async () => {
  const channel = createExecChannel({ command: ['/nowhere/agent'], env: {}, cwd: '/', timeoutMs: 1000 });
  const { signal } = new AbortController();
  expect(await channel.deliver(message, { signal, attempt: 1 })).toEqual({
    kind: 'failed',
    error: 'the command cannot be started (ENOENT)',
  });
});
