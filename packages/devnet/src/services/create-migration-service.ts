import type { D14nMigrationApi } from '../gen/xmtp/migration/api/v1/migration_pb.ts';
import type { ServiceHandlers } from './service-types.ts';

/** Tells clients when the V3 network retires; zero, as on the real node, when no date is set. */
export function createMigrationService(options: {
  /** Milliseconds since the epoch. */
  cutoverMs: () => number | null;
}): ServiceHandlers<typeof D14nMigrationApi> {
  return { fetchD14nCutover: () => ({ timestampNs: BigInt(Math.trunc(options.cutoverMs() ?? 0)) * 1_000_000n }) };
}
