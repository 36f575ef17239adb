import { Command, CommanderError, InvalidArgumentError } from 'commander';

/** What the user asked for. */
export interface Options {
  /** Names of benchmarks; all when empty. */
  only: readonly string[];
  output: 'table' | 'json' | 'markdown';
  minute: boolean;
  list: boolean;
  updateDocs: boolean;
  profile: boolean;
}

/** The user's words do not make sense, or asked for help: print `text` and end with `exitCode`. */
export interface Refusal {
  text: string;
  exitCode: number;
}

interface Flags {
  only?: string[];
  json?: true;
  markdown?: true;
  minute?: true;
  list?: true;
  updateDocs?: true;
  profile?: true;
}

/** @param names of the benchmarks that there are */
export function parseOptions(args: readonly string[], names: readonly string[]): Options | Refusal {
  let text = '';
  const write = (part: string) => void (text += part);
  const toNames = (value: string, before: string[] = []): string[] => {
    const wanted = value.split(',').map((name) => name.trim());
    const unknown = wanted.find((name) => !names.includes(name));
    if (unknown !== undefined)
      throw new InvalidArgumentError(`There is no "${unknown}". There are: ${names.join(', ')}.`);
    return [...before, ...wanted];
  };
  const program = new Command('npm run bench --')
    .description('Measures this project beside the bare SDK and the agent SDK, over one local network.')
    .option('--only <name,...>', 'these benchmarks only', toNames)
    .option('--json', 'one JSON document on standard output')
    .option('--markdown', 'the table as Markdown')
    .option('--minute', 'tiny counts: proves that every benchmark works, the numbers mean nothing')
    .option('--update-docs', 'also writes the table into docs/performance.md')
    .option('--profile', 'instead: where the time of a send goes, here and in the gateway, as Markdown')
    .option('--list', 'names, what they measure and what they must reach')
    .addHelpText(
      'after',
      '\nEnds with 0 when every benchmark ran, whether it reached its target or not; 1 when one broke; 2 for wrong arguments.',
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
  if (flags.json === true && flags.markdown === true) {
    return { text: 'error: choose one of --json and --markdown\n', exitCode: 2 };
  }
  return {
    only: flags.only ?? [],
    output: flags.json === true ? 'json' : flags.markdown === true ? 'markdown' : 'table',
    minute: flags.minute === true,
    list: flags.list === true,
    updateDocs: flags.updateDocs === true,
    profile: flags.profile === true,
  };
}
