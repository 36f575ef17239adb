import { isBaseError, printable } from '@xmtp-messaging/errors';
import { moveAgentToGateway } from '@xmtp-messaging/agent';
import { parseEnvironment } from '../config/parse-environment.ts';
import type { ServerConfig } from '../config/types.ts';
import { describeError } from '../log/create-logger.ts';
import { version } from '../version.ts';
import { exitCodes } from './exit-codes.ts';
import { helpText } from './help-text.ts';
import { openServer } from './open-server.ts';

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
  const [command] = args;
  if (args.length > 1 || (command !== undefined && command !== moveCommand)) {
    printError(
      `xmtp-messaging-server takes no arguments but ${moveCommand}, --help and --version; settings are environment variables.\n`,
    );
    return exitCodes.config;
  }
  try {
    if (command === moveCommand) {
      print(await describeMove(parseEnvironment(env).config));
      return exitCodes.ok;
    }
    const { logger, ...server } = await openServer(env, { human: humanLog(terminal) });
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
    if (error.code === 'LOCKED_BY_OTHER') return exitCodes.locked;
    if (command === moveCommand && !['CONFIG_INVALID', 'INVALID_REQUEST'].includes(error.code)) return exitCodes.failed;
    return error.code === 'LISTEN_FAILED' ? exitCodes.listen : exitCodes.config;
  }
}

const moveCommand = 'move-to-gateway';

/** Moves the home of the agent that the settings describe, and says what became of it. */
async function describeMove(config: ServerConfig): Promise<string> {
  const { address, moved, installationId } = await moveAgentToGateway(config);
  return moved
    ? `The mailbox of ${address} now lives behind the gateway, as the same installation ${installationId}. Start the server with the same settings.\n`
    : `The mailbox of ${address} lives behind the gateway already.\n`;
}

/** On a terminal the log is for people; elsewhere for programs. */
function humanLog({ isTTY = false, env }: Terminal): { colour: boolean } | undefined {
  return isTTY ? { colour: !env['NO_COLOR'] && env['TERM'] !== 'dumb' } : undefined;
}
