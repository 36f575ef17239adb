import { z } from 'zod';

const strings = z.record(z.string(), z.string());

/** `xmtp.org/walletSendCalls:1.0` (EIP-5792): somebody asks that a wallet make these calls. Hearing it makes none. */
export const walletSendCallsContent = z
  .object({
    version: z.string().meta({ description: 'Of EIP-5792, such as `1.0`.' }),
    chainId: z.string().meta({ description: '0x hexadecimal.' }),
    from: z.string().meta({ description: 'The account that is to make them.' }),
    calls: z
      .array(
        z.object({
          to: z.string().optional().meta({ description: 'Who is called; absent: a contract is made.' }),
          data: z.string().optional().meta({ description: '0x hexadecimal.' }),
          value: z.string().optional().meta({ description: 'Wei, 0x hexadecimal.' }),
          gas: z.string().optional().meta({ description: '0x hexadecimal.' }),
          metadata: strings.optional().meta({ description: 'What the sender says of the call, for people.' }),
        }),
      )
      .meta({ description: 'In order.' }),
    capabilities: strings.optional().meta({ description: 'What the wallet is asked to be capable of.' }),
  })
  .meta({ id: 'WalletSendCallsContent', description: 'A request that a wallet make calls on a chain.' });

export type WalletSendCallsContent = z.infer<typeof walletSendCallsContent>;
