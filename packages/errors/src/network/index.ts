// The public surface of @xmtp-messaging/errors/network.
export { type AddressClass, addressClass, isPublicAddress } from './address-class.ts';
export { checkAddress, checkTarget, type TargetRules, type TargetVerdict } from './check-target.ts';
export {
  createGuardedRequest,
  type GuardedClient,
  type GuardedRequest,
  type GuardedRequestOptions,
} from './create-guarded-request.ts';
export { isBlockedPort } from './is-blocked-port.ts';
export { readAtMost } from './read-at-most.ts';
