import { z } from 'zod';

/** `coinbase.com/intent:1.0`: the button that was pressed. */
export const intentContent = z
  .object({
    id: z.string().meta({ description: 'Of the actions.' }),
    actionId: z.string().meta({ description: 'Of the button.' }),
    metadata: z.record(z.string(), z.unknown()).optional().meta({ description: 'Any JSON, at most 32 deep.' }),
  })
  .meta({ id: 'IntentContent', description: 'The choice among actions that were offered.' });

export type IntentContent = z.infer<typeof intentContent>;
