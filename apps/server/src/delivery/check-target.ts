import { isIP } from 'node:net';
import { type AddressClass, addressClass } from '@xmtp-messaging/errors/network';

/** The verdict on a place to deliver to; `problem` ends a sentence that starts with the name of the setting. */
export type TargetVerdict = { ok: true } | { ok: false; problem: string };

/** What is allowed besides loopback and the public internet. */
export interface TargetRules {
  /** Private networks. @default false */
  allowPrivate?: boolean | undefined;
}

/** What can be said of a URL before its name is resolved. */
export function checkTarget(url: URL, rules: TargetRules = {}): TargetVerdict {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('is not an http or https URL.');
  if (url.username !== '' || url.password !== '') return refuse('holds credentials, expected a URL without them.');
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0) return checkAddress(url, host, rules);
  if (url.protocol === 'http:' && host !== 'localhost' && rules.allowPrivate !== true) {
    return refuse('sends messages in the clear, expected https, or http on loopback.');
  }
  return { ok: true };
}

/** What can be said once the address behind the URL is known. Ask for each address that is really used. */
export function checkAddress(url: URL, address: string, rules: TargetRules = {}): TargetVerdict {
  const kind: AddressClass = addressClass(address);
  if (kind === 'never')
    return refuse(
      'leads to a link-local, reserved or multicast address or to a metadata service, which is never allowed.',
    );
  if (kind === 'private' && rules.allowPrivate !== true) {
    return refuse('leads to a private network, which needs XMTP_DELIVERY_PRIVATE=true.');
  }
  if (kind === 'public' && url.protocol === 'http:') return refuse('sends messages in the clear, expected https.');
  return { ok: true };
}

function refuse(problem: string): TargetVerdict {
  return { ok: false, problem };
}
