import type { StoredContent } from '../sdk/conversation.ts';

/** Text or Markdown (XIP-5), as the SDK encodes it. */
export function encodeText(text: string, type: 'text' | 'markdown' = 'text'): StoredContent {
  return {
    type: { authorityId: 'xmtp.org', typeId: type, versionMajor: 1, versionMinor: 0 },
    parameters: { encoding: 'UTF-8' },
    content: Buffer.from(text.toWellFormed()),
  };
}
