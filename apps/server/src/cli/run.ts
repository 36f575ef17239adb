import { isBaseError, printable } from '@xmtp-messaging/errors';
import { parseEnvironment } from '../config/parse-environment.ts';
import { createLogger, describeError } from '../log/create-logger.ts';
import { startServer } from '../start-server.ts';
import { version } from '../version.ts';
import { exitCodes } from './exit-codes.ts';
import { helpText } from './help-text.ts';

/** Each stops in good order, and the second one at once. */
export type StopSignal = keyof typeof signalCodes;

const signalCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** What the program touches of the process. */
export interface Terminal {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  print: (text: string) => void;
  printError: (text: string) => void;
  /** Calls back on SIGINT, SIGTERM and SIGHUP, and with the last when whoever started us is gone. */
  onSignal: (listener: (signal: StopSignal) => void) => void;
  /** Whether somebody reads the log on a terminal. */
  isTTY?: boolean;
  /** Ends the process at once. */
  exit: (code: number) => void;
}

/** Runs until a signal comes. @returns the exit code */
export async function run(terminal: Terminal): Promise<number> {
  const { args, env, print, printError } = terminal;
  if (args.includes('--help') || args.includes('-h')) {
    print(helpText(version));
    return exitCodes.ok;
  }
  if (args.includes('--version')) {
    print(`${version}\n`);
    return exitCodes.ok;
  }
  if (args.length > 0) {
    printError(
      `xmtp-messaging-server takes no arguments but --help and --version; settings are environment variables.\n`,
    );
    return exitCodes.config;
  }
  try {
    const { config, unknown } = parseEnvironment(env);
    const logger = createLogger({ level: config.logLevel, human: humanLog(terminal) });
    for (const { name, meant } of unknown) logger.warn({ event: 'variable-unknown', name: printable(name), meant });
    const server = await startServer(config, { logger, unknownVariables: unknown });
    return await new Promise<number>((resolve) => {
      let stopping = false;
      const stop = (code: number) => {
        stopping = true;
        server.close().then(
          () => resolve(code),
          (error: unknown) => {
            logger.error({ event: 'shutdown-failed', ...describeError(error) });
            resolve(exitCodes.failed);
          },
        );
      };
      terminal.onSignal((signal) => {
        if (stopping) terminal.exit(signalCodes[signal]);
        else {
          logger.info({ event: 'signal-received', signal });
          stop(exitCodes.ok);
        }
      });
      server.ready().catch((error: unknown) => {
        // The process that holds the mailbox answers for it; any other failure is better told by /xmtp/status.
        if (isBaseError(error) && error.code === 'LOCKED_BY_OTHER' && !stopping) {
          printError(`${printable(error.message)}\n`);
          stop(exitCodes.locked);
        }
      });
    });
  } catch (error) {
    if (!isBaseError(error)) throw error;
    printError(`${printable(error.message)}\n`);
    if (error.code === 'WALLET_UNSET') return exitCodes.walletUnset;
    return error.code === 'LISTEN_FAILED' ? exitCodes.listen : exitCodes.config;
  }
}

/** On a terminal the log is for people; elsewhere for programs. */
function humanLog({ isTTY = false, env }: Terminal): { colour: boolean } | undefined {
  return isTTY ? { colour: !env['NO_COLOR'] && env['TERM'] !== 'dumb' } : undefined;
}
