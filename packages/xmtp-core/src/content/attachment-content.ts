import { z } from 'zod';
import { base64 } from './base64.ts';

/** `xmtp.org/attachment:1.0`: a small file inside the message. */
export const attachmentContent = z
  .object({
    filename: z.string().optional().meta({ description: 'As the sender calls it; a path in it means nothing.' }),
    mimeType: z.string().meta({ description: 'What the sender says it is; nobody has checked.' }),
    content: base64.optional().meta({ description: 'The file, base64. Absent when it is too large to be shown here.' }),
    contentLength: z.int().min(0).optional().meta({ description: 'Bytes of the file.' }),
  })
  .meta({ id: 'AttachmentContent', description: 'A file inside the message.' });

export type AttachmentContent = z.infer<typeof attachmentContent>;
