import type { Dm } from '@xmtp/node-sdk';
import { inParallel } from '../measure/in-parallel.ts';
import { payload } from './payload.ts';

/** How many messages to whom; `count` is the sum over all recipients. */
export interface SendJob {
  to: readonly string[];
  count: number;
  callers: number;
}

/** Sending as the SDKs' documentation shows it: the conversation made once and kept, then `sendText` for each message. */
export function createNaiveSender(createDm: (address: string) => Promise<Dm>) {
  const conversations = new Map<string, Dm>();
  const dmTo = async (address: string): Promise<Dm> => {
    const dm = conversations.get(address) ?? (await createDm(address));
    conversations.set(address, dm);
    return dm;
  };
  return {
    dmTo,
    /** Makes the conversations, so that sending alone is measured. */
    prepare: async (addresses: readonly string[]): Promise<void> => {
      for (const address of addresses) await dmTo(address);
    },
    /** `sendText` from `callers` callers at once, recipients in turn. Resolves to milliseconds. */
    send: async ({ to, count, callers }: SendJob): Promise<number> => {
      const dms = await Promise.all(to.map(dmTo));
      const start = performance.now();
      await inParallel(callers, count, (index) => dms[index % dms.length]!.sendText(payload(index)));
      return performance.now() - start;
    },
  };
}
