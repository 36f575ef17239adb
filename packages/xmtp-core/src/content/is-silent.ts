import type { StoredContent } from '../sdk/conversation.ts';

/** Phones do not ring for these, as with the SDK's own calls. */
export function isSilent({ type }: StoredContent): boolean {
  return type?.authorityId === 'xmtp.org' && (type.typeId === 'readReceipt' || type.typeId === 'reaction');
}
