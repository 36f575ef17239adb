import { printable, printableJson } from '@xmtp-messaging/errors';
import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { exitCodes } from './exit-codes.ts';
import { asKnownError, describeError, exitCodeOf, explainError } from './output/describe-error.ts';
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
    const failure = asKnownError(error);
    if (terminal.args.includes('--json'))
      terminal.stdout.write(`${printableJson({ ok: false, error: describeError(failure) }, 2)}\n`);
    else terminal.stderr.write(`${explainError(failure).split('\n').map(printable).join('\n')}\n`);
    return exitCodeOf(failure);
  }
}
