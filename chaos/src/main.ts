import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWallets, stopOnSignals } from '@xmtp-messaging/stage';
import { Command, InvalidArgumentError, Option } from 'commander';
import { addResults, isClean, type Result } from './add-results.ts';
import { runOnce } from './run-once.ts';
import { kinds, parseKinds } from './troubles/kinds.ts';

const names = ['ann', 'ben', 'cat'] as const;

const whole = (least: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < least)
    throw new InvalidArgumentError(`Expected a whole number of at least ${least}.`);
  return number;
};

const troubles = (value: string) => {
  try {
    return parseKinds(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
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
  .option('--troubles <list>', 'the kinds of trouble, with commas between them (default: all)', troubles, [
    ...kinds.keys(),
  ])
  .addOption(
    new Option('--protocol <name>', 'the network: V3, or the decentralised one').choices(['v3', 'd14n']).default('v3'),
  )
  .option('--shared', 'one process serves the three agents', false)
  .option('--json', 'print the result as one JSON line on stdout')
  .addHelpText(
    'after',
    [
      '',
      'Kinds of trouble:',
      ...[...kinds].map(([name, { about }]) => `  ${name.padEnd(13)} ${about}`),
      '',
      'Progress goes to stderr. Exit codes: 0 clean; 1 something was lost, doubled, out of order, read by the wrong phones,',
      'heard from a stranger, not told by a status, or a server did not recover, or a run could not end; 2 bad arguments.',
    ].join('\n'),
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();
const options = program.opts<{
  runs: number;
  messages: number;
  seed: number;
  troubles: string[];
  protocol: 'v3' | 'd14n';
  shared: boolean;
  json?: true;
}>();

const stop = stopOnSignals();

/** On a terminal, progress is one line that is written over. */
const say = (line: string, end = '\n') =>
  process.stderr.write(`${process.stderr.isTTY ? '\r\x1b[2K' : ''}${line}${end}`);

const vault = await mkdtemp(join(tmpdir(), 'xmtp-messaging-chaos-vault-'));
let total: Result | null = null;
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
      troubles: options.troubles,
      protocol: options.protocol,
      shared: options.shared,
      vault,
      wallets,
      signal: stop.signal,
      onProgress: ({ accepted, delivered, trouble }) => {
        if (process.stderr.isTTY) say(`${label}: accepted ${accepted}, delivered ${delivered}, ${trouble}`, '');
      },
      tell: (line) => say(`${label}: ${line}`),
    });
    total = total === null ? result : addResults(total, result);
    if (folder !== null) kept.push(folder);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    const { troubles: happened, ...counts } = result;
    const list = (of: object) =>
      Object.entries(of)
        .map(([key, count]) => `${key} ${count}`)
        .join(', ');
    say(`${label}: ${list(counts)} (${seconds} s)\n  ${list(happened)}`);
  }
} catch (error) {
  process.stderr.write(`\nThe run could not end: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(vault, { recursive: true, force: true });
}

for (const folder of kept) process.stderr.write(`Homes, logs and network of a run that failed: ${folder}\n`);
if (process.exitCode === 1 || total === null) process.stderr.write(`The seed was ${options.seed}.\n`);
else {
  const result = { ...total, runs: options.runs, seed: options.seed };
  if (!isClean(total)) process.exitCode = 1;
  if (options.json === true) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (isClean(total))
    process.stdout.write('Nothing lost, doubled, out of order, heard or read by the wrong ones; all recovered.\n');
  else process.stdout.write(`Not clean: ${JSON.stringify(result)}\n`);
}
