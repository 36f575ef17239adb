import { createClient, http } from 'viem';
import { getChainId } from 'viem/actions';
import { getEnsAddress, getEnsName } from 'viem/ens';
import { checkAddress } from '../names/parse-address.ts';
import { ResolveError } from '../errors.ts';
import type { SourceResult } from '../types.ts';
import { GatewayRefusedError } from './gateway-refused-error.ts';
import { noAddress, nodeError, wrongChain } from './onchain-errors.ts';
import type { OnchainConfig } from './onchain-options.ts';
import type { GatewayRequest, RequestGateway } from './create-request-gateway.ts';

/** The Universal Resolver, asked through one JSON-RPC endpoint. */
export interface OnchainSource {
  /** @throws ResolveError */
  lookup(name: string, signal: AbortSignal): Promise<SourceResult>;
  /** The primary name that an address claims; a hint until it resolves back. @throws ResolveError */
  reverse(address: `0x${string}`, signal: AbortSignal): Promise<string | null>;
}

export function createOnchainSource(config: OnchainConfig, requestGateway: RequestGateway): OnchainSource {
  const { chainId, universalResolver: universalResolverAddress, timeoutMs, maxBytes, gateways } = config;
  let chainChecked = false;

  function connect(signal: AbortSignal, onRefused: () => void) {
    const transport = http(config.rpcUrl, {
      timeout: timeoutMs,
      retryCount: 1,
      maxResponseBodySize: maxBytes,
      // The URL may hold a key, which must not travel to another host.
      fetchOptions: { signal, redirect: 'error' },
    });
    const ccipRead =
      gateways === 'none'
        ? (false as const)
        : {
            request: (request: GatewayRequest) =>
              requestGateway(request, { gateways, timeoutMs, maxBytes, signal }).catch((error: unknown) => {
                if (error instanceof GatewayRefusedError) onRefused();
                throw error;
              }),
          };
    return createClient({ transport, ccipRead });
  }

  async function ask<T>(name: string, signal: AbortSignal, call: (client: ReturnType<typeof connect>) => Promise<T>) {
    let refused = false;
    const client = connect(signal, () => {
      refused = true;
    });
    try {
      if (!chainChecked && (await getChainId(client)) !== chainId) throw wrongChain(name, chainId, 'onchain');
      chainChecked = true;
      return await call(client);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw refused ? gatewayRefused(name) : nodeError(name, error, 'onchain');
    }
  }

  return {
    async lookup(name, signal) {
      const found = await ask(name, signal, (client) =>
        getEnsAddress(client, { name, universalResolverAddress, strict: true }),
      );
      const checked = found === null ? null : checkAddress(found);
      if (checked === null || !checked.ok) throw noAddress(name);
      return { address: checked.address, source: 'onchain' };
    },
    reverse: (address, signal) =>
      ask(address, signal, (client) => getEnsName(client, { address, universalResolverAddress })),
  };
}

function gatewayRefused(name: string): ResolveError {
  return new ResolveError({
    code: 'GATEWAY_REFUSED',
    input: name,
    source: 'onchain',
  });
}
