// The public surface of @xmtp-messaging/skill.
export { deploy, type DeployOptions } from './deploy.ts';
export { SkillError, type SkillErrorCode } from './errors.ts';
export type { AgentReport, DeployedFile, DeployReport, WalletSource } from './types.ts';
