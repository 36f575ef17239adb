// The public surface of @xmtp-messaging/xmtp-core/testing.
import '@xmtp-messaging/errors/node-version';
export { createTestMailbox } from './create-test-mailbox.ts';
export type * from './types.ts';
