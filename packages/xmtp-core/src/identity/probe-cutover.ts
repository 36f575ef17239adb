import { askNode } from '../grpc/ask-node.ts';
import { readVarintField } from '../grpc/wire.ts';

const path = '/xmtp.migration.api.v1.D14nMigrationApi/FetchD14nCutover';

/**
 * When the V3 network retires or retired, in milliseconds since the epoch; `null` when no date is set or nobody answers.
 * The SDK's own errors never say so.
 */
export async function probeCutover(url: string, timeoutMs = 5_000): Promise<number | null> {
  try {
    const answer = await askNode(url, path, Buffer.alloc(0), { timeoutMs });
    const nanoseconds = readVarintField(answer, 1) ?? 0n;
    return nanoseconds === 0n ? null : Number(nanoseconds / 1_000_000n);
  } catch {
    return null;
  }
}
