import { z } from 'zod';

/** `xmtp.org/reaction:2.0` (protobuf), and `:1.0` (JSON), which say the same. */
export const reactionContent = z
  .object({
    reference: z.string().meta({ description: 'Id of the message that it belongs to.' }),
    referenceInboxId: z.string().optional().meta({ description: 'Inbox id of who wrote that message, if told.' }),
    action: z
      .enum(['added', 'removed', 'unknown'])
      .meta({ description: '`removed`: an earlier reaction is taken back.' }),
    content: z.string().meta({ description: 'An emoji, or what `schema` says.' }),
    schema: z
      .enum(['unicode', 'shortcode', 'custom', 'unknown'])
      .meta({ description: 'What `content` is: an emoji, a name such as `:thumbsup:`, or whatever the sender meant.' }),
  })
  .meta({ id: 'ReactionContent', description: 'A reaction to a message, given or taken back.' });

export type ReactionContent = z.infer<typeof reactionContent>;
