export type { CrowdCalls } from './crowd.child.ts';

/** Several agents in one process. */
export const crowdModule = new URL('crowd.child.ts', import.meta.url);
