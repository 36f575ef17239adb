import { printable } from '@xmtp-messaging/errors';
import { parseEnvironment } from '../config/parse-environment.ts';
import { parsePortEnvironment } from '../config/parse-port-environment.ts';
import type { UnknownVariable } from '../config/read-variables.ts';
import { createLogger, type Logger } from '../log/create-logger.ts';
import { startServer } from '../start-server.ts';

/** A server of one agent or of several, as far as the program is concerned. */
export interface OpenServer {
  logger: Logger;
  /** Rejects when its one mailbox will never be open. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts what the environment describes: one agent, or with `XMTP_AGENTS_FILE` several.
 * @param options.human Write the log for people. @throws ServerError
 */
export async function openServer(
  env: Readonly<Record<string, string | undefined>>,
  { human }: { human: { colour: boolean } | undefined },
): Promise<OpenServer> {
  // What many starts do not need is loaded by those that do.
  const format =
    human === undefined ? undefined : (await import('../log/create-log-formatter.ts')).createLogFormatter(human);
  if (env['XMTP_AGENTS_FILE']) {
    const { readAgentsFile } = await import('../shared/read-agents-file.ts');
    const { config, agentsFile, logLevel, unknown } = parsePortEnvironment(env);
    const { path, allowShared } = agentsFile;
    const agents = readAgentsFile(path, { allowShared, inherited: env });
    const logger = createLogger({ level: logLevel, format });
    tellUnknown(logger, unknown);
    const { startSharedServer } = await import('../shared/start-shared-server.ts');
    const several = await startSharedServer({ ...config, agents }, { logger, ownsProcess: true });
    return { logger, close: () => several.close(), ready: async () => {} };
  }
  const { config, unknown } = parseEnvironment(env);
  const logger = createLogger({ level: config.logLevel, format });
  tellUnknown(logger, unknown);
  const server = await startServer(config, { logger, unknownVariables: unknown, ownsProcess: true });
  return { logger, close: () => server.close(), ready: () => server.ready() };
}

function tellUnknown(logger: Logger, unknown: readonly UnknownVariable[]): void {
  for (const { name, meant } of unknown) logger.warn({ event: 'variable-unknown', name: printable(name), meant });
}
