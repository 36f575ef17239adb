import { z } from 'zod';

const nanoseconds = z
  .string()
  .regex(/^\d{1,19}$/u)
  .meta({ description: 'Nanoseconds since the epoch, decimal.' });

/** `coinbase.com/actions:1.0`: buttons. An answer is an `intent` with the same id. */
export const actionsContent = z
  .object({
    id: z.string(),
    description: z.string(),
    actions: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        imageUrl: z.string().optional(),
        style: z.enum(['primary', 'secondary', 'danger']).optional(),
        expiresAtNs: nanoseconds.optional(),
      }),
    ),
    expiresAtNs: nanoseconds.optional(),
  })
  .meta({ id: 'ActionsContent', description: 'A question with buttons.' });

export type ActionsContent = z.infer<typeof actionsContent>;
