// The public surface of @xmtp-messaging/cli. The program is `xmtp-messaging`.
import '@xmtp-messaging/errors/node-version';
export { CliError, type CliErrorCode, cliErrorTexts } from './errors.ts';
export { exitCodes } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
export type { Output, Terminal } from './terminal.ts';

/** Runs the program for one command line. @returns its exit code */
export async function runCli(terminal: Terminal): Promise<number> {
  // What formats its output does not even parse on an old Node, which is told so above.
  const program = await import('./run-cli.ts');
  return await program.runCli(terminal);
}
