import { type Allowlist, type AllowlistEntry, AllowlistError } from '@xmtp-messaging/allowlist';
import { quoteInput } from '@xmtp-messaging/errors';
import { looksLikeName, normalizeName } from '@xmtp-messaging/errors/name';
import { AgentError } from '../errors.ts';

/**
 * The entry with this address, name or label.
 * @throws AgentError ENTRY_NOT_FOUND
 * @throws AllowlistError ALLOWLIST_UNREADABLE, INVALID_NAME: "not found" would be taken for "not listed".
 */
export function findEntry(entries: Pick<Allowlist, 'find' | 'status'>, asked: string): AllowlistEntry {
  const entry = entries.find(asked);
  if (entry !== null) return entry;
  const { error } = entries.status();
  if (error !== null) {
    throw new AllowlistError({
      code: 'ALLOWLIST_UNREADABLE',
      shortMessage: `The list is in doubt, and nobody is on it until it is mended. ${error.message}`,
      metaMessages: ['Mend the file, then ask again.'],
    });
  }
  throw noEntry(asked);
}

/** Why nothing was found: there is none, or what was asked for can be nobody's name. */
export function noEntry(asked: string): AgentError | AllowlistError {
  if (looksLikeName(asked) && !normalizeName(asked).ok) {
    return new AllowlistError({
      code: 'INVALID_NAME',
      shortMessage: `${quoteInput(asked, { ascii: true })} is not a valid ENS name, so nobody is listed under it.`,
      metaMessages: ['Write it as the list shows it, or give the address.'],
    });
  }
  return new AgentError({ code: 'ENTRY_NOT_FOUND' });
}
