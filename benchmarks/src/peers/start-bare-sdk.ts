import { privateKeyToAddress } from 'viem/accounts';
import { type Child, startChild } from '../processes/start-child.ts';
import type { BareSdkCalls } from './bare-sdk.child.ts';
import type { Identity } from './new-identity.ts';

/** A program on the bare SDK, in a process of its own. */
export interface BareSdk extends Child<BareSdkCalls> {
  readonly address: string;
  readonly inboxId: string;
  /** A new process for the same identity. */
  readonly restart: () => Promise<BareSdk>;
}

/** @param env Further variables of its environment. */
export async function startBareSdk(identity: Identity, env: Readonly<Record<string, string>> = {}): Promise<BareSdk> {
  const child = startChild<BareSdkCalls>(new URL('bare-sdk.child.ts', import.meta.url), env);
  try {
    const { inboxId } = await child.call('open', identity);
    return {
      ...child,
      address: privateKeyToAddress(identity.privateKey).toLowerCase(),
      inboxId,
      restart: async () => {
        await child.stop();
        return startBareSdk(identity, env);
      },
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
