import { join } from 'node:path';
import { configError } from '../errors.ts';
import type { LogLevel } from '../log/create-logger.ts';
import type { SharedServerConfig } from '../shared/types.ts';
import { findUnknown, readVariables, type UnknownVariable } from './read-variables.ts';

/** What the environment says of a port that several agents share. */
export interface PortEnvironment {
  config: Omit<SharedServerConfig, 'agents'>;
  agentsFile: { path: string; allowShared: boolean };
  logLevel: LogLevel;
  unknown: UnknownVariable[];
}

/** Of a process of several agents; what it says of one agent is what each starts from. @throws ServerError CONFIG_INVALID */
export function parsePortEnvironment(env: Readonly<Record<string, string | undefined>>): PortEnvironment {
  const variables = readVariables(env);
  const { HOME: home, XMTP_HOME: homes, XMTP_AGENTS_FILE: path, XMTP_SHARED_SECRET_FILES: allowShared } = variables;
  const { XMTP_OPERATOR_TOKEN: operatorToken, XMTP_OPERATOR_TOKEN_FILE: tokenFile } = variables;
  const problems = [
    ...(path === undefined ? ['XMTP_AGENTS_FILE is not set, expected the absolute path of a file.'] : []),
    ...(home === undefined && homes === undefined ? ['HOME is not set, expected an absolute path.'] : []),
    ...(operatorToken !== undefined && tokenFile !== undefined
      ? ['XMTP_OPERATOR_TOKEN and XMTP_OPERATOR_TOKEN_FILE are both set, expected one of them.']
      : []),
  ];
  if (problems.length > 0) throw configError(problems);
  return {
    config: {
      http: {
        host: variables.HOST,
        port: variables.PORT ?? variables.ID_AGENT_PORT ?? 4101,
        allowedHosts: variables.XMTP_ALLOWED_HOSTS ?? [],
        operatorToken,
        operatorTokenFile: tokenFile === undefined ? undefined : { path: tokenFile, allowShared },
        requestsPerMinute: variables.XMTP_REQUESTS_PER_MINUTE,
        freeAuthFailures: variables.XMTP_AUTH_FAILURES,
        metrics: variables.XMTP_METRICS,
      },
      homeRoot: homes ?? join(home ?? '/', '.xmtp'),
      shutdownTimeoutMs: variables.XMTP_SHUTDOWN_TIMEOUT,
    },
    agentsFile: { path: path ?? '', allowShared },
    logLevel: variables.XMTP_LOG_LEVEL,
    unknown: findUnknown(Object.keys(env)),
  };
}
