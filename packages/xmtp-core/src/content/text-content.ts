import { z } from 'zod';

/** `xmtp.org/text:1.0`. https://github.com/xmtp/XIPs/blob/main/XIPs/xip-5-message-content-types.md */
export const textContent = z
  .object({ text: z.string().meta({ description: 'As the sender wrote it.' }) })
  .meta({ id: 'TextContent', description: 'Plain text.' });

export type TextContent = z.infer<typeof textContent>;
