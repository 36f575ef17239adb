import { parseJson, quoteInput } from '@xmtp-messaging/errors';
import { checkAddress } from '../names/parse-address.ts';
import { ResolveError, type ResolveErrorCode } from '../errors.ts';

/**
 * Takes the address out of the body of a 200 answer, if that is about exactly this name on this platform.
 * @throws ResolveError NO_ADDRESS, NAME_MISMATCH, BAD_RESPONSE
 */
export function parseProfile(body: string, asked: { name: string; platform: string }): `0x${string}` {
  const { name, platform } = asked;
  const fail = (code: ResolveErrorCode, reason?: string) =>
    new ResolveError({ code, input: name, source: 'web3.bio', reason });

  const profile = parseObject(body);
  if (profile === null) throw fail('BAD_RESPONSE', 'got an answer from web3.bio that is not a profile.');
  if (profile.identity !== name) {
    throw fail('NAME_MISMATCH', `was asked for, and web3.bio answered for ${show(profile.identity)}.`);
  }
  if (profile.platform !== platform) {
    throw fail('NAME_MISMATCH', `was asked for on ${platform}, and web3.bio answered for ${show(profile.platform)}.`);
  }
  const { address } = profile;
  if (address === null || address === undefined || address === '') throw fail('NO_ADDRESS');
  const checked =
    typeof address === 'string' ? checkAddress(address) : { ok: false as const, fault: 'INVALID_ADDRESS' };
  if (checked.ok) return checked.address;
  if (checked.fault === 'ZERO_ADDRESS') throw fail('NO_ADDRESS');
  throw fail('BAD_RESPONSE', 'came back from web3.bio with something that is no Ethereum address.');
}

/** Own keys only: a `__proto__` in the answer stays an ordinary, unread key. */
export function parseObject(body: string): Record<string, unknown> | null {
  const value = parseJson(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function show(value: unknown): string {
  return typeof value === 'string' ? quoteInput(value, { ascii: true }) : 'something else';
}
