// The public surface of @xmtp-messaging/server/log-format: for programs that show the logs of a server.
export { createLogFormatter } from './create-log-formatter.ts';
