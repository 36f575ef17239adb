import { z } from '@hono/zod-openapi';

export const recipientSchema = z
  .object({
    name: z.string().nullable(),
    address: z.string(),
    source: z.string().meta({ description: 'Who gave the address: raw, hosts, id-cli, web3.bio or onchain.' }),
    verified: z.boolean().meta({ description: 'Whether the chain confirmed it, or the caller gave it.' }),
  })
  .meta({ id: 'Recipient' });

/** Where a message can go. */
export const nameOrAddress = z.string().min(1).max(255).meta({ description: 'ENS name or 0x address.' });

export const resolvedSchema = recipientSchema
  .extend({ heard: z.boolean().meta({ description: 'Whether what comes from this address will be heard.' }) })
  .meta({ id: 'Resolved' });
