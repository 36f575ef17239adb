import { z } from 'zod';

const nanoseconds = z
  .string()
  .regex(/^\d{1,19}$/u)
  .meta({ description: 'Nanoseconds since the epoch, decimal.' });

/** `coinbase.com/actions:1.0`: buttons. An answer is an `intent` with the same id. */
export const actionsContent = z
  .object({
    id: z.string().meta({ description: 'Chosen by the sender; the answer names it.' }),
    description: z.string().meta({ description: 'The question.' }),
    actions: z
      .array(
        z.object({
          id: z.string().meta({ description: 'Of the button; the answer names it.' }),
          label: z.string().meta({ description: 'What stands on it.' }),
          imageUrl: z.string().optional().meta({ description: 'A picture on it; nothing of it was fetched.' }),
          style: z
            .enum(['primary', 'secondary', 'danger'])
            .optional()
            .meta({ description: 'How it is to look; absent: as the reader likes.' }),
          expiresAtNs: nanoseconds.optional(),
        }),
      )
      .meta({ description: 'The buttons, in order.' }),
    expiresAtNs: nanoseconds.optional(),
  })
  .meta({ id: 'ActionsContent', description: 'A question with buttons.' });

export type ActionsContent = z.infer<typeof actionsContent>;
