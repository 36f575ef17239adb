import process from 'node:process';
import { printableJson } from '@xmtp-messaging/errors';
import { isForServers } from '../environment/is-for-servers.ts';
import { containCrash } from '../shared/contain-crash.ts';
import { describeError } from '../log/create-logger.ts';
import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';

/** The program: `run` with the real process. */
export async function main(): Promise<void> {
  // Whatever this process makes is for its owner alone, the SDK's files included.
  process.umask(0o077);
  const env = { ...process.env };
  // What is spawned from here on need not see them. (The kernel still shows the first environment to this user.)
  for (const name of Object.keys(env).filter(isForServers)) Reflect.deleteProperty(process.env, name);
  // Whoever read us may be gone; that is no reason to end without closing the mailbox.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // Node's own report would print the message of the error, which may quote what it was given.
  process.on('uncaughtException', (error) => {
    if (containCrash(error)) return;
    process.stderr.write(`${printableJson({ event: 'crashed', ...describeError(error) })}\n`);
    process.exit(exitCodes.failed);
  });
  const code = await run({
    args: process.argv.slice(2),
    env,
    print: (text) => void process.stdout.write(text),
    printError: (text) => void process.stderr.write(text),
    onSignal: (listener) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
      // Who started us with a channel and is gone can neither stop us nor read what we say.
      process.once('disconnect', () => listener('SIGHUP'));
    },
    isTTY: process.stdout.isTTY,
    exit: (exitCode) => process.exit(exitCode),
  });
  // The SDK keeps threads and timers of its own; everything of ours is closed by now.
  process.exit(code);
}
