import { z } from 'zod';
import { base64 } from './base64.ts';

/** `xmtp.org/remoteStaticAttachment:1.0`: an encrypted file somewhere else. Nothing is fetched by being heard. */
export const remoteAttachmentContent = z
  .object({
    url: z.string(),
    contentDigest: z.string().meta({ description: 'SHA-256 of the encrypted file, hexadecimal.' }),
    secret: base64,
    salt: base64,
    nonce: base64,
    scheme: z.string().meta({ description: '`https`, or what the sender made of it.' }),
    contentLength: z.int().min(0).optional().meta({ description: 'Bytes of the encrypted file, as the sender says.' }),
    filename: z.string().optional(),
  })
  .meta({ id: 'RemoteAttachmentContent', description: 'An encrypted file at a URL, and its keys.' });

export type RemoteAttachmentContent = z.infer<typeof remoteAttachmentContent>;
