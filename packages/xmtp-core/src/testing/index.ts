// The public surface of @xmtp-messaging/xmtp-core/testing.
export { createTestMailbox } from './create-test-mailbox.ts';
export type * from './types.ts';
