import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevnetProcess, stopOnSignals } from '@xmtp-messaging/stage';
import { Command, InvalidArgumentError } from 'commander';
import { isKept } from './is-kept.ts';
import { mega, runFlood } from './run-flood.ts';

const whole = (least: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
  return number;
};

const program = new Command('npm run flood --')
  .description(
    'A stranger writes a thousand large messages over a local network; measures what the home of a mailbox keeps.',
  )
  .option('--messages <number>', 'half of them in a group with somebody who is listed, half directly', whole(4), 1_000)
  .option('--bytes <number>', 'of each message, at most 900000', whole(100_000), 200_000)
  .option('--budget <bytes>', 'what strangers may store in a day', whole(1_000_000), 20_000_000)
  .option('--json', 'print the result as one JSON line on stdout')
  .addHelpText(
    'after',
    [
      '',
      'Sizes are bytes. Progress goes to stderr. Exit codes: 0 the budget held, the direct messages were denied, the text was gone after',
      'the expiry, and all that somebody listed wrote was heard; 1 one of these failed, or the run could not end; 2 bad arguments.',
    ].join('\n'),
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<{ messages: number; bytes: number; budget: number; json?: true }>();
if (options.bytes > 900_000) {
  process.stderr.write('error: --bytes is at most 900000.\n');
  process.exit(2);
}

const stop = stopOnSignals();
const say = (line: string, end = '\n') =>
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001B[2K' : ''}${line}${process.stderr.isTTY ? end : '\n'}`);

const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-flood-'));
const devnet = await startDevnetProcess(['--port', '0', '--data', join(folder, 'network')]);
try {
  const result = await runFlood({
    ...options,
    url: devnet.ready.url,
    home: join(folder, 'home'),
    signal: stop.signal,
    onProgress: (line) => say(line, ''),
  });
  const isClean = isKept(result, options.budget);
  process.exitCode = isClean ? 0 : 1;
  if (options.json === true) process.stdout.write(`${JSON.stringify({ ...options, ...result, isClean })}\n`);
  else {
    say(isClean ? 'The budget held.' : 'The budget did not hold.');
    process.stdout.write(
      [
        `written by strangers           ${mega(result.written)}`,
        `home before, at most, after    ${[result.homeBefore, result.homeMost, result.homeAfter].map(mega).join(', ')}`,
        `messages fetched                ${result.fetched} of ${options.messages}`,
        `their text that can be read    ${mega(result.readable)}, after its expiry ${mega(result.readableAfterExpiry)}`,
        `direct messages                ${result.isDenied ? 'denied' : 'not denied'}`,
        `of somebody listed             ${result.listedHeard} of ${result.listedWrote} heard`,
        '',
      ].join('\n'),
    );
  }
} catch (error) {
  process.stderr.write(`\nThe run could not end: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await devnet.kill();
  await rm(folder, { recursive: true, force: true });
}
process.exit();
