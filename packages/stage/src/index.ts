// Real agents on one machine, for programs of this workspace that show, break or measure them. Never published.
export { createWallets } from './create-wallets.ts';
export { findFreePort } from './find-free-port.ts';
export { type Agent, type AgentOptions, startAgent, startSharedAgents } from './start-agent.ts';
export { type FreePortOptions, startOnFreePort } from './start-on-free-port.ts';
export { startWeb3Bio } from './start-web3-bio.ts';
export { type DevnetProcess, startDevnetProcess } from './start-devnet-process.ts';
export { replaceBlock } from './replace-block.ts';
export { sourceFlags } from '@xmtp-messaging/testing/source-flags';
export { type Stop, stopOnSignals } from './stop-on-signals.ts';
