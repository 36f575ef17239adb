import { Command, InvalidArgumentError, Option } from 'commander';
import { buildServer } from '../harness/build-server.ts';
import { createCleanUp } from '../harness/create-clean-up.ts';
import { describeMachine } from '../harness/describe-machine.ts';
import type { NetworkCalls } from '../processes/network.child.ts';
import { startChild } from '../processes/start-child.ts';
import { type FleetRow, measureFleet } from './measure-fleet.ts';

interface Flags {
  agents: number[];
  mode: 'shared' | 'each' | 'both';
  idle: number;
  shard: number;
  messages: number;
  json: boolean;
}

function counts(text: string): number[] {
  const all = text.split(',').map(Number);
  if (all.every((one) => Number.isInteger(one) && one > 0 && one <= 10_000)) return all;
  throw new InvalidArgumentError('It must be whole numbers from 1 to 10000, with commas between them.');
}
function size(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It must be a whole number above 0.');
}
function amount(text: string): number {
  if (/^\d{1,4}(?:\.\d{1,3})?$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a number.');
}

const program = new Command('npm run scale --')
  .description('Measures fleets of idle agents: memory, start, rates, and what they ask of the network.')
  .option('--agents <counts>', 'sizes of fleets', counts, [1, 10, 100])
  .addOption(
    new Option('--mode <mode>', 'one process for all, or one for each')
      .choices(['shared', 'each', 'both'])
      .default('both'),
  )
  .option(
    '--idle <minutes>',
    'how long calls of idle agents are counted; beats come every quarter of an hour',
    amount,
    0,
  )
  .option('--shard <agents>', 'agents in one process at the most, when they share one', size, 10_000)
  .option('--messages <count>', 'how many go out and come in', amount, 500)
  .option('--json', 'one JSON document', false)
  .addHelpText('after', '\nA process for each of 100 agents takes about 17 GB: say --mode shared for large fleets.')
  .allowExcessArguments(false);

const columns: readonly [string, (row: FleetRow) => string][] = [
  ['mode', ({ mode }) => mode],
  ['agents', ({ agents }) => String(agents)],
  ['start s', ({ startSeconds }) => startSeconds.toFixed(1)],
  ['stop s', ({ stopSeconds }) => stopSeconds.toFixed(1)],
  ['MB', ({ megabytes }) => megabytes.toFixed(0)],
  ['MB/agent', ({ megabytesPerAgent }) => megabytesPerAgent.toFixed(1)],
  ['sends/s', ({ sendsPerSecond }) => sendsPerSecond.toFixed(0)],
  ['received/s', ({ receivedPerSecond }) => receivedPerSecond.toFixed(0)],
  ['calls/agent/min', ({ callsPerAgentMinute }) => callsPerAgentMinute?.toFixed(2) ?? '-'],
];

async function main(): Promise<number> {
  const flags = program.parse().opts<Flags>();
  const cleanUp = createCleanUp();
  const stop = (code: number) => void cleanUp.run().finally(() => process.exit(code));
  process.once('SIGINT', () => stop(130));
  process.once('SIGTERM', () => stop(143));
  const machine = await describeMachine();
  let last = '';
  const say = (text: string) => {
    if (text !== last) process.stderr.write(`${text}\n`);
    last = text;
  };
  try {
    const network = startChild<NetworkCalls>(new URL('../processes/network.child.ts', import.meta.url));
    cleanUp.defer(network.stop);
    const { url } = await network.call('start', {});
    const built = await buildServer();
    const modes = flags.mode === 'both' ? (['each', 'shared'] as const) : [flags.mode];
    const rows: FleetRow[] = [];
    // Two runs at once search in places of their own.
    let firstPort = 20_000 + (process.pid % 100) * 100;
    for (const agents of flags.agents) {
      for (const mode of modes) {
        const label = `${mode} ${agents}`;
        rows.push(
          await measureFleet({
            mode,
            agents,
            main: built,
            networkUrl: url,
            network,
            idleMinutes: flags.idle,
            messages: flags.messages,
            firstPort,
            shard: flags.shard,
            progress: (text) => say(`[${label}] ${text}`),
            defer: cleanUp.defer,
          }),
        );
        firstPort += agents + 1;
        say(columns.map(([name, cell]) => `${name} ${cell(rows.at(-1)!)}`).join('  '));
      }
    }
    if (flags.json) process.stdout.write(`${JSON.stringify({ machine, rows }, null, 2)}\n`);
    else {
      const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, cell]) => cell(row)))];
      process.stdout.write(`${lines.map((line) => `| ${line.join(' | ')} |`).join('\n')}\n`);
    }
    return 0;
  } finally {
    await cleanUp.run();
  }
}

process.exit(await main());
