import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Network } from '../network.ts';

/** What the user asked for. */
export interface Options {
  /** Names of scenarios and clients; all where none is named. */
  scenarios: readonly string[];
  clients: readonly string[];
  protocols: readonly Network['protocol'][];
  json: boolean;
  write: boolean;
  list: boolean;
  keep: string | null;
}

/** The user's words do not make sense, or asked for help: print `text` and end with `exitCode`. */
export interface Refusal {
  text: string;
  exitCode: number;
}

interface Flags {
  only?: string[];
  client?: string[];
  protocol: 'v3' | 'd14n' | 'both';
  keep?: string;
  json?: true;
  write?: true;
  list?: true;
}

export function parseOptions(
  args: readonly string[],
  known: { scenarios: readonly string[]; clients: readonly string[] },
): Options | Refusal {
  let text = '';
  const write = (part: string) => void (text += part);
  const namesOf =
    (names: readonly string[]) =>
    (value: string, before: string[] = []): string[] => {
      // A name may have a comma in it: the whole word may be one.
      const wanted = names.includes(value) ? [value] : value.split(/,\s*/u);
      const unknown = wanted.find((name) => !names.includes(name));
      if (unknown !== undefined)
        throw new InvalidArgumentError(`There is no "${unknown}". There are: ${names.join('; ')}.`);
      return [...before, ...wanted];
    };
  const program = new Command('npm run conformance --')
    .description("Plays scenarios with XMTP's own clients over the local network, and prints who passes.")
    .option('--only <scenario,...>', 'these scenarios only; may be repeated', namesOf(known.scenarios))
    .option('--client <name,...>', 'these clients only; may be repeated', namesOf(known.clients))
    .addOption(
      new Option('--protocol <name>', 'the network: V3, the decentralised one, or one after the other')
        .choices(['v3', 'd14n', 'both'])
        .default('both'),
    )
    .option('--json', 'one JSON document on standard output')
    .option('--write', "also writes the table into the devnet's README; only with everything")
    .option('--keep <folder>', 'where fetched clients are kept for the next run (default: nowhere)')
    .option('--list', 'names and what they are')
    .addHelpText(
      'after',
      '\nClients that are not part of this workspace are fetched from the npm registry.\nEnds with 0 when nothing failed, 1 when something did, 2 for wrong arguments; a row that cannot be tried says why.',
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write });
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  const flags = program.opts<Flags>();
  const isPart = flags.only !== undefined || flags.client !== undefined || flags.protocol !== 'both';
  if (flags.write === true && isPart) {
    return { text: 'error: --write is for the whole table: leave out --only, --client and --protocol\n', exitCode: 2 };
  }
  return {
    scenarios: flags.only ?? [],
    clients: flags.client ?? [],
    protocols: flags.protocol === 'both' ? ['v3', 'd14n'] : [flags.protocol],
    json: flags.json === true,
    write: flags.write === true,
    list: flags.list === true,
    keep: flags.keep ?? null,
  };
}
