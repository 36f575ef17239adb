import { z } from 'zod';

/** `coinbase.com/intent:1.0`: the button that was pressed. */
export const intentContent = z
  .object({
    id: z.string().meta({ description: 'Of the actions.' }),
    actionId: z.string(),
    metadata: z.record(z.string(), z.json()).optional(),
  })
  .meta({ id: 'IntentContent', description: 'The choice among actions that were offered.' });

export type IntentContent = z.infer<typeof intentContent>;
