import { mailboxError } from '../errors.ts';
import { askNode } from '../grpc/ask-node.ts';
import { readVarintField } from '../grpc/wire.ts';

const path = '/xmtp.migration.api.v1.D14nMigrationApi/FetchD14nCutover';
/** What says who stands between, and how much may be asked. */
const telling = /^via$|^server$|rate-?limit|retry-after|quota/;
const maxHeaders = 20;
const maxHeaderLength = 200;

/** What a V3 node says of itself. */
export interface NetworkFacts {
  /** When it retires, or retired, for the decentralised network, milliseconds since the epoch; `null`: no date is set. */
  cutoverAt: number | null;
  /** Headers of its answer about limits and about what stands between, at most 20 of 200 characters. Words of others. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Asks a V3 node about itself, in one question; no mailbox is opened.
 * @param options.url Of the node.
 * @param options.timeoutMs Milliseconds, 5,000 unless given.
 * @throws MailboxError NETWORK_UNREACHABLE
 */
export async function askNetworkFacts(options: { url: string; timeoutMs?: number | undefined }): Promise<NetworkFacts> {
  const { url, timeoutMs = 5_000 } = options;
  const headers = new Map<string, string>();
  const onHeaders = (received: object) => {
    for (const [name, value] of Object.entries(received))
      if (telling.test(name) && headers.size < maxHeaders) headers.set(name, String(value).slice(0, maxHeaderLength));
  };
  const answer = await askNode(url, path, Buffer.alloc(0), { timeoutMs, onHeaders }).catch((cause: unknown) => {
    throw mailboxError('NETWORK_UNREACHABLE', { cause });
  });
  const nanoseconds = readVarintField(answer, 1) ?? 0n;
  return {
    cutoverAt: nanoseconds === 0n ? null : Number(nanoseconds / 1_000_000n),
    headers: Object.fromEntries(headers),
  };
}
