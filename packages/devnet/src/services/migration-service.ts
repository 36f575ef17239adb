import type { D14nMigrationApi } from '../gen/xmtp/migration/api/v1/migration_pb.ts';
import type { ServiceHandlers } from './service-types.ts';

/** Tells clients when the V3 network ends; this one never does, which the real node says with a zero. */
export function createMigrationService(): ServiceHandlers<typeof D14nMigrationApi> {
  return { fetchD14nCutover: () => ({ timestampNs: 0n }) };
}
