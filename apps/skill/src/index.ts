// The public surface of @xmtp-messaging/skill.
import '@xmtp-messaging/errors/node-version';
export { deploy, type DeployOptions } from './deploy.ts';
export { addHostOptions, type HostFlags } from './host-options.ts';
export type { HostChoice } from './render-host-record.ts';
export { agentSettings } from './render-environment.ts';
export type { Deployment } from './deployment.ts';
export type { Place } from './assign-places.ts';
export { SkillError, type SkillErrorCode } from './errors.ts';
export type { AgentReport, DeployedFile, DeployReport, WalletSource } from './types.ts';
export { renderSkill, type RenderSkillOptions } from './render-skill.ts';
export { marker as skillMarker } from './marker.ts';
