import { sizesOfHome } from '@xmtp-messaging/xmtp-core';
import { type Finding, ok } from './types.ts';

/** What the files take that grow, and what bounds them. */
export function checkSizes(home: string): Finding {
  const { databaseBytes, journalBytes } = sizesOfHome(home);
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`;
  return ok(
    'sizes',
    `Messages take ${megabytes(databaseBytes)}, the journal ${megabytes(journalBytes)}. XMTP_MESSAGES_DAYS and XMTP_JOURNAL_DAYS bound them.`,
  );
}
