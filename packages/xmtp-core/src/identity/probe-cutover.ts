import { connect } from 'node:http2';
import { callUnary } from '../grpc/call-unary.ts';
import { readVarintField } from '../grpc/wire.ts';

const path = '/xmtp.migration.api.v1.D14nMigrationApi/FetchD14nCutover';

/**
 * When the V3 network retires or retired, in milliseconds since the epoch; `null` when no date is set or nobody answers.
 * The SDK's own errors never say so.
 */
export async function probeCutover(url: string, timeoutMs = 5_000): Promise<number | null> {
  const session = connect(url);
  try {
    const failed = new Promise<never>((_, reject) => {
      session.on('error', reject);
    });
    const answer = await Promise.race([callUnary(session, path, Buffer.alloc(0), { timeoutMs }), failed]);
    const nanoseconds = readVarintField(answer, 1) ?? 0n;
    return nanoseconds === 0n ? null : Number(nanoseconds / 1_000_000n);
  } catch {
    return null;
  } finally {
    session.destroy();
  }
}
