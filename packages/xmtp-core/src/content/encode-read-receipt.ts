import type { StoredContent } from '../sdk/conversation.ts';

/** That the conversation was read up to now, as the SDK encodes it. Its time is that of the message. */
export function encodeReadReceipt(): StoredContent {
  return {
    type: { authorityId: 'xmtp.org', typeId: 'readReceipt', versionMajor: 1, versionMinor: 0 },
    parameters: {},
    content: new Uint8Array(),
  };
}
