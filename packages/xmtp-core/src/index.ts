// The public surface of @xmtp-messaging/xmtp-core.
export {
  IDEMPOTENCY_RETENTION_MS,
  IDENTITY_UPDATE_LIMIT,
  INSTALLATION_LIMIT,
  INSTALLATION_RESERVE,
  MAX_TEXT_BYTES,
} from './constants.ts';
export type { MailboxErrorCode } from './error-texts.ts';
export { MailboxError } from './errors.ts';
export { createGovernor, type GovernorOptions } from './governor/create-governor.ts';
export { productionNetworkLimits } from './governor/limits.ts';
export type * from './governor/types.ts';
export { homePath } from './home/home-path.ts';
export type * from './inbox/deliver-types.ts';
export { openMailbox } from './open-mailbox.ts';
export type * from './types-status.ts';
export type * from './types.ts';
