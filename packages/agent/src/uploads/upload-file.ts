import type { Mailbox, OutboundFile } from '@xmtp-messaging/xmtp-core';
import type { OutboundContent } from '@xmtp-messaging/xmtp-core/content';
import type { Scrub } from '../outbound/create-scrub.ts';
import { checkFile } from './check-file.ts';
import type { Uploads } from './create-uploads.ts';

/**
 * Encrypts a file, puts it where others can fetch it, and returns what a message says of it. Asked again under its key, it is the same
 * bytes at the same place and so the same message; what was sent, or is being sent, is uploaded already.
 * @throws AgentError CONTENT_UNSAFE, UPLOAD_FAILED
 */
export async function uploadFile(
  file: OutboundFile,
  options: {
    mailbox: Pick<Mailbox, 'encryptFile' | 'hasKey'>;
    key: string;
    scrub: Scrub;
    uploads: Uploads;
    signal?: AbortSignal | undefined;
  },
): Promise<OutboundContent> {
  const { mailbox, key, scrub, uploads, signal } = options;
  await checkFile(file.bytes, scrub);
  const encrypted = mailbox.encryptFile(file, key);
  if (!mailbox.hasKey(key)) await uploads.put(encrypted, { signal });
  const { contentDigest, contentLength, secret, salt, nonce } = encrypted;
  const { filename } = file;
  return {
    type: 'remoteAttachment',
    content: {
      url: uploads.urlOf(contentDigest),
      contentDigest,
      secret: toBase64(secret),
      salt: toBase64(salt),
      nonce: toBase64(nonce),
      scheme: 'https',
      contentLength,
      ...(filename === undefined ? {} : { filename }),
    },
  };
}

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
