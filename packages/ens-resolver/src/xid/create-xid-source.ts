import { createClient, http, parseAbi, zeroAddress } from 'viem';
import { getChainId, readContract } from 'viem/actions';
import { ResolveError } from '../errors.ts';
import { checkAddress } from '../names/parse-address.ts';
import { namehash } from '../names/namehash.ts';
import { nodeError, wrongChain } from '../onchain/onchain-errors.ts';
import type { NameSource } from '../types.ts';
import type { XidConfig, XidPlace } from './xid-options.ts';
import { registryOf } from './xid-registries.ts';

const registryAbi = parseAbi([
  'function owner(bytes32 node) view returns (address)',
  'function addr(bytes32 node) view returns (address)',
]);

/**
 * Reads the registry of a name below xid.eth, as id-cli does, from a node of the operator's choice. One difference:
 * when the address cannot be read, that is a failure and not "no address".
 * @see ENSIP-1 for `owner` and `addr`
 */
export function createXidSource({ places, timeoutMs, maxBytes }: XidConfig): NameSource {
  const checked = new Set<string>();

  async function read(name: string, { rpcUrl, registry, chainId }: XidPlace, signal: AbortSignal) {
    const client = createClient({
      transport: http(rpcUrl, {
        timeout: timeoutMs,
        retryCount: 1,
        maxResponseBodySize: maxBytes,
        // The URL may hold a key, which must not travel to another host.
        fetchOptions: { signal, redirect: 'error' },
      }),
    });
    const node = namehash(name);
    const ask = (functionName: 'owner' | 'addr') =>
      readContract(client, { address: registry, abi: registryAbi, functionName, args: [node] });
    try {
      if (!checked.has(rpcUrl) && (await getChainId(client)) !== chainId) throw wrongChain(name, chainId, 'xid');
      checked.add(rpcUrl);
      const [owner, address] = await Promise.all([ask('owner'), ask('addr')]);
      return { owner, address, node };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw nodeError(name, error, 'xid');
    }
  }

  return {
    async lookup(name, { signal }) {
      const chain = registryOf(name);
      const place = chain === null ? undefined : places[chain];
      if (place === undefined) throw noNode(name, chain);
      const { owner, address, node } = await read(name, place, signal);
      if (owner === zeroAddress) throw new ResolveError({ code: 'NOT_FOUND', input: name, source: 'xid' });
      const valid = checkAddress(address);
      if (!valid.ok) throw new ResolveError({ code: 'NO_ADDRESS', input: name, source: 'xid' });
      return { address: valid.address, source: 'xid', node };
    },
  };
}

function noNode(name: string, chain: string | null): ResolveError {
  return new ResolveError({
    code: 'UNSUPPORTED_BY_RESOLVER',
    input: name,
    source: 'xid',
    reason: 'stands on a chain that the source xid has no node of.',
    hints: [
      chain === null
        ? 'Install id-cli, or use an address.'
        : `Give it one (the option xid.rpcUrls.${chain}, XID_RPC_URL_${chain.toUpperCase()}), or install id-cli.`,
    ],
  });
}
