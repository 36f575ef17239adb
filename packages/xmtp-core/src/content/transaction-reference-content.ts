import { z } from 'zod';

/** `xmtp.org/transactionReference:1.0` (XIP-21). What it says about the transaction is the sender's word. */
export const transactionReferenceContent = z
  .object({
    namespace: z.string().optional().meta({ description: 'CAIP-2 namespace, such as `eip155`.' }),
    networkId: z.string().meta({ description: 'Chain id, decimal or 0x hexadecimal.' }),
    reference: z.string().meta({ description: 'Hash of the transaction.' }),
    metadata: z
      .object({
        transactionType: z.string().meta({ description: 'Such as `transfer`.' }),
        currency: z.string().meta({ description: 'Symbol, such as `USDC`.' }),
        amount: z.number().meta({ description: 'In the smallest unit, as the sender says.' }),
        decimals: z.int().meta({ description: 'Of the currency.' }),
        fromAddress: z.string().meta({ description: 'Who paid.' }),
        toAddress: z.string().meta({ description: 'Who was paid.' }),
      })
      .optional()
      .meta({ description: 'What the transaction did.' }),
  })
  .meta({ id: 'TransactionReferenceContent', description: 'A transaction on a chain, as the sender tells of it.' });

export type TransactionReferenceContent = z.infer<typeof transactionReferenceContent>;
