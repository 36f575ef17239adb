// The public surface of @xmtp-messaging/errors/network.
export { isBlockedPort } from './is-blocked-port.ts';
export { type AddressClass, addressClass, isPublicAddress } from './address-class.ts';
