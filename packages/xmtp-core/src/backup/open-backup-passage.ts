import { type BackupSeal, createSeal, openSeal } from './create-seal.ts';

/** For one backup that passes from one process to another. */
export interface BackupPassage {
  /** Whom to seal it for on its way. */
  recipients: readonly string[];
  /** Opens what comes, and seals it as it shall be kept. @throws MailboxError BACKUP_UNREADABLE */
  reseal: (stream: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;
}

/**
 * So that a passphrase need not be told to whoever makes the backup: it is sealed for a key that only this process has, and sealed by the
 * passphrase here. @throws MailboxError INVALID_REQUEST
 */
export async function openBackupPassage(seal: BackupSeal): Promise<BackupPassage> {
  const sealing = await createSeal(seal);
  // Made for recipients already: nothing is to be done with it here.
  if ('recipients' in seal) return { recipients: seal.recipients, reseal: async (stream) => stream };
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const identity = await generateX25519Identity();
  return {
    recipients: [await identityToRecipient(identity)],
    reseal: async (stream) => await sealing(await openSeal(stream, { identity })),
  };
}
