import { z } from 'zod';

const strings = z.record(z.string(), z.string());

/** `xmtp.org/walletSendCalls:1.0` (EIP-5792): somebody asks that a wallet make these calls. Hearing it makes none. */
export const walletSendCallsContent = z
  .object({
    version: z.string(),
    chainId: z.string().meta({ description: '0x hexadecimal.' }),
    from: z.string(),
    calls: z.array(
      z.object({
        to: z.string().optional(),
        data: z.string().optional(),
        value: z.string().optional(),
        gas: z.string().optional(),
        metadata: strings.optional(),
      }),
    ),
    capabilities: strings.optional(),
  })
  .meta({ id: 'WalletSendCallsContent', description: 'A request that a wallet make calls on a chain.' });

export type WalletSendCallsContent = z.infer<typeof walletSendCallsContent>;
