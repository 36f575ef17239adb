import { z } from 'zod';

/** `xmtp.org/markdown:1.0`. */
export const markdownContent = z
  .object({ markdown: z.string().meta({ description: 'As the sender wrote it.' }) })
  .meta({ id: 'MarkdownContent', description: 'Text with Markdown marks.' });

export type MarkdownContent = z.infer<typeof markdownContent>;
