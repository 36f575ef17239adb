import { readFile, writeFile } from 'node:fs/promises';
import { replaceBlock, stopOnSignals } from '@xmtp-messaging/stage';
import { parseOptions } from './cli/parse-options.ts';
import { clients } from './clients/index.ts';
import { toMarkdown, toTable } from './report/to-table.ts';
import { runTable } from './run-table.ts';
import { scenarios } from './scenarios/index.ts';

const readme = new URL('../../packages/devnet/README.md', import.meta.url);

const list = (): string => [...scenarios, ...clients].map(({ name, about }) => `${name.padEnd(28)}${about}\n`).join('');

async function main(args: readonly string[]): Promise<number> {
  const names = (named: readonly { name: string }[]) => named.map(({ name }) => name);
  const options = parseOptions(args, { scenarios: names(scenarios), clients: names(clients) });
  if ('text' in options) {
    (options.exitCode === 0 ? process.stdout : process.stderr).write(options.text);
    return options.exitCode;
  }
  if (options.list) {
    process.stdout.write(list());
    return 0;
  }
  const stop = stopOnSignals();
  const chosen = <T extends { name: string }>(all: readonly T[], wanted: readonly string[]) =>
    all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const rows = await runTable({
      scenarios: chosen(scenarios, options.scenarios),
      clients: chosen(clients, options.clients),
      protocols: options.protocols,
      keep: options.keep,
      tell,
      onRow: ({ scenario, client, protocol, result, reason, seconds }) =>
        tell(`${client}, ${protocol}, ${scenario}: ${result}${reason === null ? '' : `: ${reason}`} (${seconds} s)`),
      signal: stop.signal,
    });
    process.stdout.write(options.json ? `${JSON.stringify({ rows }, null, 2)}\n` : toTable(rows));
    if (options.write)
      await writeFile(readme, replaceBlock(await readFile(readme, 'utf8'), 'conformance', toMarkdown(rows)));
    return rows.some(({ result }) => result === 'fail') ? 1 : 0;
  } catch (error) {
    const exitCode = stop.exitCode();
    if (exitCode === null) throw error;
    return exitCode;
  }
}

// Exits rather than ends: a scenario that was stopped half-way may still be waiting for something.
process.exit(await main(process.argv.slice(2)));
