// The public surface of @xmtp-messaging/server: the server in-process. The program is `xmtp-messaging-server`.
import '@xmtp-messaging/errors/node-version';
export { startServer, type RunningServer, type StartServerOptions } from './start-server.ts';
export { type RunningSharedServer, startSharedServer } from './shared/start-shared-server.ts';
export { type RunningTeamPage, startTeamPage, type TeamPageOptions } from './shared/start-team-page.ts';
export type { TeamPageAgent } from './shared/create-team-page-app.ts';
export type { SharedAgent, SharedAgentView, SharedServerConfig } from './shared/types.ts';
export { parseEnvironment, type ParsedEnvironment } from './config/parse-environment.ts';
export type { DeliveryTarget, ServerConfig } from './config/types.ts';
export { ServerError, type ServerErrorCode, serverErrorTexts } from './errors.ts';
export { createLogger, type LoggerOptions, type LogLevel } from './log/create-logger.ts';
export type { AgentMessage } from '@xmtp-messaging/agent';
