import { agentSdk } from './agent-sdk.ts';
import { browserSdk } from './browser-sdk.ts';
import { cli } from './cli.ts';
import type { ClientSource } from './client-kind.ts';
import { nodeSdk } from './node-sdk.ts';

export const clients: readonly ClientSource[] = [nodeSdk, agentSdk, browserSdk, cli];
