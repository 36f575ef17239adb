import type { SourceResult } from '../types.ts';
import type { Web3BioClient } from './create-web3bio-client.ts';
import { parseProfile } from './parse-profile.ts';
import { platforms } from './platforms.ts';

/** The forward lookup of one platform: `GET /ns/{platform}/{name}`. */
export async function lookupProfile(
  client: Web3BioClient,
  kind: keyof typeof platforms,
  name: string,
  signal: AbortSignal,
): Promise<SourceResult> {
  const { path, platform } = platforms[kind];
  const body = await client.get(['ns', path, name], name, signal);
  return { address: parseProfile(body, { name, platform }), source: 'web3.bio' };
}
