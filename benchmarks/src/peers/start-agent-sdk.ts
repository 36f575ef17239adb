import { privateKeyToAddress } from 'viem/accounts';
import { type Child, startChild } from '../processes/start-child.ts';
import type { AgentSdkCalls } from './agent-sdk.child.ts';
import type { Identity } from './new-identity.ts';

/** A program on the agent SDK, in a process of its own. */
export interface AgentSdk extends Child<AgentSdkCalls> {
  readonly address: string;
}

export async function startAgentSdk(identity: Identity): Promise<AgentSdk> {
  const child = startChild<AgentSdkCalls>(new URL('agent-sdk.child.ts', import.meta.url));
  try {
    await child.call('open', identity);
    return { ...child, address: privateKeyToAddress(identity.privateKey).toLowerCase() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
