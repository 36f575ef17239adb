import { printable, printableJson } from '@xmtp-messaging/errors';
import { CommanderError } from 'commander';
import { createProgram } from './create-program.ts';
import { exitCodes } from './exit-codes.ts';
import { asKnownError, describeError, exitCodeOf, explainError } from './output/describe-error.ts';
import { CliError } from './errors.ts';
import type { Terminal } from './terminal.ts';
import { wantsJson } from './wants-json.ts';

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
    if (error instanceof CommanderError && (error.exitCode === 0 || !wantsJson(terminal)))
      return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    const failure = error instanceof CommanderError ? misused(error) : asKnownError(error);
    if (wantsJson(terminal))
      terminal.stdout.write(`${printableJson({ ok: false, error: describeError(failure) }, 2)}\n`);
    else terminal.stderr.write(`${explainError(failure).split('\n').map(printable).join('\n')}\n`);
    return exitCodeOf(failure);
  }
}

/** What the library that reads arguments says of them. */
function misused({ code, message }: CommanderError): CliError {
  if (code === 'commander.help')
    return new CliError({ code: 'ARGUMENT_INVALID', shortMessage: 'No command was given.' });
  return new CliError({
    code: 'ARGUMENT_INVALID',
    shortMessage: message.replace(/^error: /u, '').replaceAll('\n', ' '),
  });
}
