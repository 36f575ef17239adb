// The public surface of @xmtp-messaging/devnet.
import '@xmtp-messaging/errors/node-version';
export { createAccount, type DevnetAccount, type DevnetSigner } from './accounts/create-account.ts';
export { createDevnet } from './create-devnet.ts';
export { createDevnetPool, type DevnetPool, type DevnetPoolOptions } from './create-devnet-pool.ts';
export { DevnetError, type DevnetErrorCode, devnetErrorTexts } from './errors.ts';
export type {
  ErrorFault,
  FaultPlan,
  LatencyFault,
  NodeFault,
  PartitionFault,
  StreamFault,
} from './faults/fault-plan-schema.ts';
export type { GrpcCode } from './grpc-error.ts';
export {
  createQuotas,
  type Limits,
  productionLimits,
  type QuotaCall,
  type QuotaState,
  type Quotas,
  type Rate,
} from './limits/create-quotas.ts';
export type { CallLogEntry } from './transport/create-dispatcher.ts';
export type { Devnet, DevnetOptions, DevnetStats, FaultControl, TlsOptions } from './types.ts';
