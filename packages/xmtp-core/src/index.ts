// The public surface of @xmtp-messaging/xmtp-core.
import '@xmtp-messaging/errors/node-version';
export type { HomeBackup, OpenBackup } from './backup/backup-types.ts';
export { backupHome, type BackupHomeOptions, writeBackup } from './backup/backup-home.ts';
export { type BackupPassage, openBackupPassage } from './backup/open-backup-passage.ts';
export { restoreHome, type RestoredHome, type RestoreHomeOptions } from './backup/restore-home.ts';
export { type BackupSeal, type BackupSecret } from './backup/create-seal.ts';
export {
  idempotencyRetentionMs,
  identityUpdateLimit,
  installationLimit,
  installationReserve,
  maxContentBytes,
  maxTextBytes,
} from './constants.ts';
export type { AdoptedJournal } from './backup/adopt-journal.ts';
export type { DecodedContent } from './content/decode-message.ts';
export { encodeOutbound } from './content/encode-outbound.ts';
export {
  type AttachmentKeys,
  type Decrypted,
  decryptAttachment,
  encryptAttachment,
  type EncryptedAttachment,
} from './content/encrypt-attachment.ts';
export { type AttachmentPart, findAttachments } from './content/find-attachments.ts';
export { decompress } from './content/inflate.ts';
export type { MailboxErrorCode } from './error-codes.ts';
export { MailboxError } from './errors.ts';
export { createGovernor, type GovernorOptions } from './governor/create-governor.ts';
export { productionNetworkLimits } from './governor/limits.ts';
export type * from './governor/types.ts';
export { groupActions, permissionHolders, permissionPresets } from './groups/group-permissions.ts';
export { describeHome, type HomeDescription } from './home/describe-home.ts';
export type { HomeEnd } from './home/home-state.ts';
export { homePath } from './home/home-path.ts';
export { askNetworkFacts, type NetworkFacts } from './identity/ask-network-facts.ts';
export { askIdentityBudget, type IdentityBudget } from './identity/ask-identity-budget.ts';
export type * from './inbox/deliver-types.ts';
export { type MovedHome, moveToGateway, type MoveToGatewayOptions } from './move-to-gateway.ts';
export { type HomeMove, moveHome, type MoveHomeOptions } from './move-home.ts';
export { openMailbox } from './open-mailbox.ts';
export { type InboxInstallations, listInstallations } from './sdk/list-installations.ts';
export { preloadSdk } from './sdk/preload-sdk.ts';
export { revokeInstallations } from './sdk/revoke-installations.ts';
export { sizesOfHome } from './retention/sizes-of-home.ts';
export type * from './health/status-types.ts';
export type * from './types.ts';
