import { isIP } from 'node:net';
import { addressClass } from './address-class.ts';

/** The verdict on a place to connect to; `problem` ends a sentence that starts with a name for it. */
export type TargetVerdict = { ok: true } | { ok: false; problem: string };

/** What is allowed besides the public internet by https, and this machine. */
export interface TargetRules {
  /** Private networks. @default false */
  allowPrivate?: boolean | undefined;
  /** Nothing but the public internet by https: for URLs that strangers write. Wins over `allowPrivate`. @default false */
  publicOnly?: boolean | undefined;
  /** The setting that lets private networks in, for whoever is told of one. @default none */
  privateSetting?: string | undefined;
}

/** What can be said of a URL before its name is resolved. */
export function checkTarget(url: URL, rules: TargetRules = {}): TargetVerdict {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('is not an http or https URL.');
  if (url.username !== '' || url.password !== '') return refuse('holds credentials, expected a URL without them.');
  if (rules.publicOnly === true && url.protocol !== 'https:') return refuse('is not https.');
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0) return checkAddress(url, host, rules);
  if (url.protocol === 'http:' && host !== 'localhost' && rules.allowPrivate !== true) {
    return refuse('sends messages in the clear, expected https, or http on loopback.');
  }
  return { ok: true };
}

/** What can be said once the address behind the URL is known. Ask for each address that is really used. */
export function checkAddress(url: URL, address: string, rules: TargetRules = {}): TargetVerdict {
  const kind = addressClass(address);
  if (kind === 'never') {
    return refuse(
      'leads to a link-local, reserved or multicast address or to a metadata service, which is never allowed.',
    );
  }
  if (rules.publicOnly === true && kind !== 'public') return refuse('does not lead to the public internet.');
  if (kind === 'private' && rules.allowPrivate !== true) {
    const needs = rules.privateSetting === undefined ? 'is not allowed' : `needs ${rules.privateSetting}`;
    return refuse(`leads to a private network, which ${needs}.`);
  }
  if (kind === 'public' && url.protocol === 'http:') return refuse('sends messages in the clear, expected https.');
  return { ok: true };
}

function refuse(problem: string): TargetVerdict {
  return { ok: false, problem };
}
