// The public surface of @xmtp-messaging/errors/network.
export { type AddressClass, addressClass, isPublicAddress } from './address-class.ts';
