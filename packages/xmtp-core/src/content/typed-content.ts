import { z } from 'zod';
import { customContent } from './custom-content.ts';
import { plainSchemas, plainTyped } from './plain-typed.ts';
import { replyContent } from './reply-content.ts';

/** The schema of each type's content, by short name. */
export const contentSchemas = { ...plainSchemas, reply: replyContent } as const;

/** A type and its content: `{ type: 'reaction', content: { … } }`; `type` is the full id for what has no short name. */
export const typedContent = z.union([z.object({ type: z.literal('reply'), content: replyContent }), plainTyped]);

/** A type by its short name, or by its full id where it has none, and its content. */
export type TypedContent = z.infer<typeof typedContent>;

/** The content of a message of any type; which one it is says the message's `type`. */
export const messageContent = z
  .union([...Object.values(contentSchemas), customContent])
  .meta({ id: 'MessageContent', description: 'What the message says, as data. Its shape follows `type`.' });

export type MessageContent = z.infer<typeof messageContent>;
