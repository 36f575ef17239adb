import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWallets } from '@xmtp-messaging/stage';
import { Command, InvalidArgumentError } from 'commander';
import { runOnce } from './run-once.ts';
import type { PhoneResult } from './create-phone-book.ts';
import type { TallyResult } from './create-tally.ts';

const names = ['ann', 'ben', 'cat'] as const;

const whole = (least: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
  return number;
};

const program = new Command('npm run chaos --')
  .description(
    'Kills servers and the network, breaks streams and agents while messages travel, then counts them from outside.',
  )
  .option('--runs <number>', 'how often', whole(1), 3)
  .option('--messages <number>', 'messages in each run, over four lanes', whole(3), 200)
  .option(
    '--seed <number>',
    'draws the same troubles again; timing still differs',
    whole(0),
    Math.floor(Math.random() * 2 ** 31),
  )
  .option('--json', 'print the result as one JSON line on stdout')
  .addHelpText(
    'after',
    '\nExit codes: 0 nothing lost, doubled, out of order or read by the wrong phones; 1 something was, or a run could not end; 2 bad arguments.',
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<{ runs: number; messages: number; seed: number; json?: true }>();

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('interrupted')));
process.once('SIGTERM', () => stop.abort(new Error('terminated')));

const vault = await mkdtemp(join(tmpdir(), 'xmtp-messaging-chaos-vault-'));
type Result = TallyResult & PhoneResult;
const total: Result = {
  accepted: 0,
  delivered: 0,
  lost: 0,
  duplicateSends: 0,
  redeliveries: 0,
  wrongOrder: 0,
  phones: 0,
  unread: 0,
  readByLost: 0,
};
const kept: string[] = [];
try {
  const addresses = await createWallets(vault, names);
  const wallets = new Map(names.map((name, index) => [name, addresses[index]!]));
  for (let run = 0; run < options.runs; run += 1) {
    const start = performance.now();
    const label = `run ${run + 1} of ${options.runs}`;
    const { folder, ...result } = await runOnce({
      seed: options.seed + run,
      messages: options.messages,
      vault,
      wallets,
      signal: stop.signal,
      onProgress: ({ accepted, delivered, trouble }) => {
        if (process.stderr.isTTY) {
          process.stderr.write(`\r\x1b[2K${label}: accepted ${accepted}, delivered ${delivered}, ${trouble}`);
        }
      },
    });
    for (const key of Object.keys(total) as (keyof Result)[]) total[key] += result[key];
    if (folder !== null) kept.push(folder);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const line = Object.entries(result).map(([key, count]) => `${key} ${count}`);
    process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${label}: ${line.join(', ')} (${seconds} s)\n`);
  }
} catch (error) {
  process.stderr.write(`\nThe run could not end: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(vault, { recursive: true, force: true });
}

const result = { ...total, runs: options.runs, seed: options.seed };
const clean = total.lost + total.duplicateSends + total.wrongOrder + total.unread + total.readByLost === 0;
for (const folder of kept) process.stderr.write(`Homes, logs and network of a run that failed: ${folder}\n`);
if (process.exitCode === 1) process.stderr.write(`The seed was ${options.seed}.\n`);
else if (options.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
else
  process.stdout.write(
    clean
      ? 'Nothing lost, doubled, out of order or read by the wrong phones.\n'
      : `Not clean: ${JSON.stringify(result)}\n`,
  );
if (!clean) process.exitCode = 1;
