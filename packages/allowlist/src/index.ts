// The public surface of @xmtp-messaging/allowlist.
import '@xmtp-messaging/errors/node-version';
export {
  createDriftMonitor,
  type Drift,
  type DriftCheck,
  type DriftMonitor,
  type DriftMonitorOptions,
} from './create-drift-monitor.ts';
export { AllowlistError, type AllowlistErrorCode, allowlistErrorTexts, type FilePosition } from './errors.ts';
export { openAllowlist } from './open-allowlist.ts';
export { openGroupList } from './open-group-list.ts';
export type {
  Allowlist,
  AllowlistEntry,
  AllowlistEvent,
  AllowlistFault,
  AllowlistOptions,
  AllowlistStatus,
  EditOptions,
  GroupEntry,
  GroupList,
  ListFile,
  ListListener,
  ListRange,
  ListSnapshot,
} from './types.ts';
