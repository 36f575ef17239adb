// The public surface of @xmtp-messaging/client.
export { type ClientOptions, createClient, type MailboxClient } from './create-client.ts';
export { type MailboxChange, readChanges } from './read-changes.ts';
export { type MailboxEvent, readEvents, type ReadEventsOptions } from './read-events.ts';
export { RequestError } from './request-error.ts';
export { unwrap } from './unwrap.ts';
export type { components, operations, paths } from './gen/api.ts';
