import { isBaseError, wallClock } from '@xmtp-messaging/errors';
import { mailboxError } from './errors.ts';
import { createMailbox } from './create-mailbox.ts';
import { lockHome } from './home/lock-home.ts';
import { openHome } from './home/open-home.ts';
import { openClient } from './open-client.ts';
import { mailboxOptionsSchema } from './mailbox-options-schema.ts';
import { fromSdkError } from './sdk/classify-error.ts';
import { retentionOf } from './retention/retention-of.ts';
import type { Address, Mailbox, MailboxOptions } from './types.ts';
import { checkOptions } from './util/check-options.ts';
import { untilAborted } from './util/until-aborted.ts';

/**
 * Opens the mailbox of one address on its home folder, registering it the first time. Resolves when the client is open
 * and the first reconcile was tried; from then on `status()` tells how it fares.
 * @throws MailboxError INVALID_REQUEST, LOCKED_BY_OTHER, WRONG_KEY, KEY_LOST, KEY_INVALID, STATE_INVALID, HOME_NEWER, DATABASE_LOST,
 * DATABASE_DAMAGED, DATABASE_REPLACED, STALE_COPY, MOVED, SALT_LOST, SALT_INVALID, JOURNAL_DAMAGED, JOURNAL_ALTERED, OTHER_INBOX, OTHER_NETWORK,
 * INSTALLATION_LIMIT, REVOKED, NETWORK_RETIRED, and retryable NETWORK_UNREACHABLE, FILE_UNSAFE, DISK_FULL and the other
 * codes of files and disks
 */
export async function openMailbox(options: MailboxOptions): Promise<Mailbox> {
  checkOptions(mailboxOptionsSchema, options);
  const { signal, now = wallClock, onEvent = () => undefined } = options;
  signal?.throwIfAborted();
  retentionOf(options);
  const { identifier, identifierKind } = await options.signer.getIdentifier();
  const address = identifier.toLowerCase() as Address;
  if (identifierKind !== 0 || !/^0x[0-9a-f]{40}$/.test(address)) {
    throw mailboxError('INVALID_REQUEST', { detail: 'The signer must name an Ethereum address.' });
  }
  const paths = openHome(options.home);
  const unlock = lockHome(paths.lock);
  const opening = openClient({ mailbox: options, address, paths, onEvent, now });
  try {
    const opened = await untilAborted(opening, signal);
    return await createMailbox({ options, address, paths, opened, unlock });
  } catch (error) {
    // The SDK cannot be interrupted: the home stays held until it has let go of the database.
    void opening.then(({ client }) => client.release()).then(unlock, unlock);
    if (isBaseError(error) || signal?.aborted === true) throw error;
    throw fromSdkError(error);
  }
}
