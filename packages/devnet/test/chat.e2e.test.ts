import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { toIdentifier } from '../src/client/to-identifier.ts';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient, readTexts } from './clients.ts';
import { commandLine } from './command.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet({ echo: true });
});
afterAll(() => network.close());

/** The command as a program that others write to and read from; `pseudo` gives it a terminal. */
function chat(args: readonly string[], { pseudo = false }: { pseudo?: boolean } = {}) {
  const [program, ...before] = commandLine(['chat', ...args, '--url', network.url]) as [string, ...string[]];
  const quoted = [program, ...before].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const inTerminal =
    process.platform === 'darwin' ? ['-q', '/dev/null', program, ...before] : ['-qfec', quoted, '/dev/null'];
  const child = pseudo ? spawn('script', inTerminal, { stdio: 'pipe' }) : spawn(program, before, { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve));
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, ended, printed: () => printed, errors: text(child.stderr) };
}

const events = (printed: string) =>
  printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; text?: string; from?: string; address?: string });

test('what a pipe says is answered, and it leaves no installation behind', async () => {
  const alice = chat(['Alice', '--to', 'echo', '--json']);
  alice.child.stdin.end('one\n\ntwo \u001b[2J\n');
  expect([await alice.ended, await alice.errors]).toEqual([0, '']);
  const [ready, ...rest] = events(alice.printed());
  const account = network.createAccount({ name: 'alice' });
  expect(ready).toMatchObject({ event: 'ready', name: 'Alice', address: account.address, to: 'echo' });
  const texts = (event: string) => rest.filter((one) => one.event === event).map((one) => one.text);
  expect(texts('sent')).toEqual(['one', 'two \u001b[2J']);
  expect(texts('message')).toEqual(['one', 'two \u001b[2J']);
  expect(alice.printed()).not.toContain('\u001b');
  expect(rest.at(-1)).toMatchObject({ from: 'echo', address: network.echoAddress });
  const same = await createClient(network, { signer: account.signer });
  const { installations } = await same.preferences.fetchInboxState();
  expect(installations.map(({ id }) => id)).toEqual([same.installationId]);
});

test('a person at a terminal is written to, answers whoever wrote, and ends it with Ctrl-D', async () => {
  const bob = chat(['bob'], { pseudo: true });
  await waitFor(() => bob.printed().includes('bob> '), { what: 'the prompt', timeoutMs: 30_000 });
  const peer = await createClient(network);
  const { address: bobs } = network.createAccount({ name: 'bob' });
  const dm = await peer.conversations.createDmWithIdentifier(toIdentifier(bobs));
  await dm.sendText('are you \u009b2Jthere?');
  const address = peer.accountIdentifier!.identifier;
  await waitFor(() => new RegExp(`${address}: are you .*there\\?`).test(bob.printed()), {
    what: 'the message',
    timeoutMs: 30_000,
  });
  expect(bob.printed()).not.toContain('\u009b');
  bob.child.stdin.write('yes\n');
  await waitFor(async () => (await readTexts(dm)).includes('yes'), { what: 'the answer', timeoutMs: 30_000 });
  bob.child.stdin.write('\u0004');
  expect(await bob.ended).toBe(0);
});

test('what was not sent is said, and ends with a failure', async () => {
  const carol = chat(['carol', '--to', 'nobody']);
  carol.child.stdin.end('hello\n');
  expect(await carol.ended).toBe(1);
  expect(carol.printed()).toContain('nobody is not on the network.');
});

test('an echo bot that a kept network outlives takes its installation back', async () => {
  const state = join(await temporaryDirectory(), 'net.state');
  const first = await createDevnet({ echo: true, state });
  await first.close();
  const second = await createDevnet({ echo: true, loadState: state });
  onTestFinished(() => second.close());
  const peer = await createClient(second);
  const inboxId = await peer.fetchInboxIdByIdentifier(toIdentifier(second.echoAddress!));
  const [echo] = await peer.preferences.fetchInboxStates([inboxId!]);
  expect(second.stats().stored).toMatchObject({ installations: 3 });
  expect(echo!.installations).toHaveLength(1);
});

test('the echo bot goes on after its stream broke, and answers in no group', async () => {
  const peer = await createClient(network);
  const dm = await peer.conversations.createDmWithIdentifier(toIdentifier(network.echoAddress!));
  const group = await peer.conversations.createGroup([dm.peerInboxId]);
  await group.sendText('in the group');
  await dm.sendText('first');
  const both = (word: string) => async () => (await readTexts(dm)).filter((said) => said === word).length === 2;
  await waitFor(both('first'), { what: 'the first answer', timeoutMs: 30_000 });
  network.faults.dropStreams();
  await dm.sendText('second');
  await waitFor(both('second'), { what: 'the answer after the break', timeoutMs: 30_000 });
  expect(await readTexts(group)).toEqual(['in the group']);
});
