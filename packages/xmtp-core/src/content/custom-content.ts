import { z } from 'zod';
import { base64 } from './base64.ts';

/** Any other type: what its sender's program made of it. Its fallback text is the message's `fallback`. */
export const customContent = z
  .object({
    parameters: z.record(z.string(), z.string()).meta({ description: 'As its type defines them.' }),
    content: base64.optional().meta({ description: 'The bytes, base64. Absent when they are too many to be shown.' }),
    contentLength: z.int().min(0).optional().meta({ description: 'How many bytes there are.' }),
  })
  .meta({ id: 'CustomContent', description: 'Content of a type that this mailbox does not know.' });

export type CustomContent = z.infer<typeof customContent>;
