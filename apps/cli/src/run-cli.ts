import { isBaseError, printable, printableJson } from '@xmtp-messaging/errors';
import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { exitCodes } from './exit-codes.ts';
import { describeError, exitCodeOf, explainError } from './output/describe-error.ts';
import type { Terminal } from './terminal.ts';

/** Runs the program. @returns its exit code */
export async function runCli(terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram({
    terminal,
    exitWith: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(terminal.args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!isBaseError(error)) throw error;
    if (terminal.args.includes('--json'))
      terminal.stdout.write(`${printableJson({ ok: false, error: describeError(error) }, 2)}\n`);
    else terminal.stderr.write(`${explainError(error).split('\n').map(printable).join('\n')}\n`);
    return exitCodeOf(error);
  }
}
