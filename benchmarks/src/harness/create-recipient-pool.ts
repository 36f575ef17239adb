import type { BareSdkCalls } from '../peers/bare-sdk.child.ts';
import { startChild } from '../processes/start-child.ts';

const module = new URL('../peers/bare-sdk.child.ts', import.meta.url);
/** Registering costs most of its time in starting the process, so a few more than asked for are made. */
const reserve = 8;

/** Hands out addresses that can be written to and that nobody has written to. */
export function createRecipientPool(networkUrl: () => Promise<string>): (count: number) => Promise<string[]> {
  const addresses: string[] = [];
  return async (count) => {
    if (addresses.length < count) {
      const registrar = startChild<BareSdkCalls>(module);
      try {
        const missing = count - addresses.length + reserve;
        addresses.push(...(await registrar.call('register', { networkUrl: await networkUrl(), count: missing })));
      } finally {
        await registrar.stop();
      }
    }
    return addresses.splice(0, count);
  };
}
