import { z } from 'zod';
import { base64 } from './base64.ts';

/** `xmtp.org/remoteStaticAttachment:1.0`: an encrypted file somewhere else. Nothing is fetched by being heard. */
export const remoteAttachmentContent = z
  .object({
    url: z.string().meta({ description: 'Where the encrypted file lies; a stranger chose it.' }),
    contentDigest: z.string().meta({ description: 'SHA-256 of the encrypted file, hexadecimal.' }),
    secret: base64.meta({ description: 'Of the key, 32 bytes, base64.' }),
    salt: base64.meta({ description: 'Of the key, 32 bytes, base64.' }),
    nonce: base64.meta({ description: 'Of AES-256-GCM, 12 bytes, base64.' }),
    scheme: z.string().meta({ description: '`https`, or what the sender made of it.' }),
    contentLength: z.int().min(0).optional().meta({ description: 'Bytes of the encrypted file, as the sender says.' }),
    filename: z.string().optional().meta({ description: 'As the sender calls it; a path in it means nothing.' }),
  })
  .meta({ id: 'RemoteAttachmentContent', description: 'An encrypted file at a URL, and its keys.' });

export type RemoteAttachmentContent = z.infer<typeof remoteAttachmentContent>;
