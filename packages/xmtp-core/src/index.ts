// The public surface of @xmtp-messaging/xmtp-core.
export type * from './types-status.ts';
export type * from './types.ts';
