import { type LookupAddress, type LookupAllOptions, lookup, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { isPublicAddress } from '@xmtp-messaging/errors/network';
import { GatewayRefusedError } from './gateway-refused-error.ts';

/**
 * Checks what can be checked before the DNS lookup: https, and no literal address of a private network.
 * @throws GatewayRefusedError
 */
export function checkGatewayUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || url.protocol !== 'https:') throw new GatewayRefusedError('gateway is not an https URL');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host))
    throw new GatewayRefusedError('gateway is not on the public internet');
  return url;
}

/** A DNS lookup of all addresses of a host, like that of `node:dns`. */
type ResolveHost = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * A `lookup` for sockets that refuses hosts with a private address. The socket connects to what this returns, so a
 * second DNS answer cannot differ from the checked one.
 */
export function guardedLookup(resolve: ResolveHost = lookup) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) callback(error, []);
      else if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(new GatewayRefusedError('gateway is not on the public internet'), []);
      } else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
