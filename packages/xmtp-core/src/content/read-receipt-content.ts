import { z } from 'zod';

/** `xmtp.org/readReceipt:1.0`. Its time is the time of the message. */
export const readReceiptContent = z
  .object({})
  .meta({ id: 'ReadReceiptContent', description: 'The sender has read the conversation up to here.' });

export type ReadReceiptContent = z.infer<typeof readReceiptContent>;
