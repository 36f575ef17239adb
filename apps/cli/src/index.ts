// The public surface of @xmtp-messaging/cli. The program is `xmtp-messaging`.
export { CliError, type CliErrorCode, cliErrorTexts } from './errors.ts';
export { exitCodes } from './exit-codes.ts';
export { runCli } from './run-cli.ts';
export type { Output, Terminal } from './terminal.ts';
