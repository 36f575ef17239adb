// The public surface of @xmtp-messaging/devnet.
export { createDevnet } from './create-devnet.ts';
export type { Devnet, DevnetOptions, DevnetStats } from './types.ts';
