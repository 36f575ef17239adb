// The public surface of @xmtp-messaging/team-config.
export { TeamConfigError, type TeamConfigErrorCode, teamConfigErrorTexts, type TeamConfigIssue } from './errors.ts';
export { parseTeamConfig, type ParseTeamConfigOptions } from './parse-team-config.ts';
export { resolveAgent } from './resolve-agent.ts';
export { teamJsonSchema } from './team-json-schema.ts';
export type { HostName, TeamAgent, TeamConfig, XmtpSettings } from './types.ts';
export { hostNames } from './xmtp-schema.ts';
