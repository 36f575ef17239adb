// Ethereum addresses (EIP-55). Browser-safe.
export { type AddressFault, checkAddress, type CheckedAddress, toChecksumAddress } from './check-address.ts';
