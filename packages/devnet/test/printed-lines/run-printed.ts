import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { commandLine } from '../command.ts';

const run = promisify(execFile);
const here = fileURLToPath(new URL('.', import.meta.url));

/** Evaluates lines of code as they were printed, in a program of its own, and returns what that saw. */
export async function runPrintedCode(lines: readonly string[], cwd: string): Promise<unknown> {
  const [program, ...args] = commandLine([]);
  const script = join(here, 'evaluate-lines.child.ts');
  const { stdout } = await run(program!, [...args.slice(0, -1), script, ...lines], { cwd });
  return JSON.parse(stdout);
}

/** Runs a command as it was printed, in a shell that finds this package for `npx` and a `curl` on every machine. */
export async function runPrintedCommand(line: string, cwd: string): Promise<string> {
  // oxlint-disable-next-line node/no-process-env -- the shell and Node are found there
  const env = {
    PATH: [join(here, 'bin'), process.env['PATH']].join(delimiter),
    DEVNET_COMMAND: commandLine([]).join('\n'),
  };
  const { stdout } = await run('sh', ['-c', line], { cwd, env });
  return stdout;
}
