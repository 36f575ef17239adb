import { z } from 'zod';
import { remoteAttachmentContent } from './remote-attachment-content.ts';

/** `xmtp.org/multiRemoteStaticAttachment:1.0`. */
export const multiRemoteAttachmentContent = z
  .object({ attachments: z.array(remoteAttachmentContent).meta({ description: 'The files, in order.' }) })
  .meta({ id: 'MultiRemoteAttachmentContent', description: 'Several encrypted files, each at its URL.' });

export type MultiRemoteAttachmentContent = z.infer<typeof multiRemoteAttachmentContent>;
