import { z } from 'zod';

/** `xmtp.org/transactionReference:1.0` (XIP-21). What it says about the transaction is the sender's word. */
export const transactionReferenceContent = z
  .object({
    namespace: z.string().optional().meta({ description: 'CAIP-2 namespace, such as `eip155`.' }),
    networkId: z.string().meta({ description: 'Chain id, decimal or 0x hexadecimal.' }),
    reference: z.string().meta({ description: 'Hash of the transaction.' }),
    metadata: z
      .object({
        transactionType: z.string(),
        currency: z.string(),
        amount: z.number(),
        decimals: z.int(),
        fromAddress: z.string(),
        toAddress: z.string(),
      })
      .optional(),
  })
  .meta({ id: 'TransactionReferenceContent', description: 'A transaction on a chain, as the sender tells of it.' });

export type TransactionReferenceContent = z.infer<typeof transactionReferenceContent>;
