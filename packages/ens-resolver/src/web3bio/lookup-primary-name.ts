import { isAbsence } from '../lookup-errors.ts';
import type { Web3BioClient } from './create-web3bio-client.ts';
import { parseObject } from './parse-profile.ts';

/**
 * The name that web3.bio shows for an address: `GET /ns/ens/{address}`. Nothing proves it; it must resolve back.
 * An address without one is answered with status 200 and the address itself as identity.
 */
export async function lookupPrimaryName(
  client: Web3BioClient,
  address: `0x${string}`,
  signal: AbortSignal,
): Promise<string | null> {
  const identifier = address.toLowerCase();
  try {
    const profile = parseObject(await client.get(['ns', 'ens', identifier], address, signal));
    const { identity, platform } = profile ?? {};
    if (profile?.address !== identifier || platform !== 'ens' || typeof identity !== 'string') return null;
    return identity;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
