import { createClient, http } from 'viem';
import { getChainId } from 'viem/actions';
import { getEnsAddress, getEnsName } from 'viem/ens';
import { checkAddress } from '../names/parse-address.ts';
import { ResolveError } from '../errors.ts';
import type { SourceResult } from '../types.ts';
import { GatewayRefusedError } from './gateway-guard.ts';
import { noAddress, onchainError } from './onchain-errors.ts';
import type { OnchainConfig } from './onchain-options.ts';
import { requestGateway } from './request-gateway.ts';

/** The Universal Resolver, asked through one JSON-RPC endpoint. */
export interface OnchainSource {
  /** @throws ResolveError */
  lookup(name: string, signal: AbortSignal): Promise<SourceResult>;
  /** The primary name that an address claims; a hint until it resolves back. @throws ResolveError */
  reverse(address: `0x${string}`, signal: AbortSignal): Promise<string | null>;
}

export function createOnchainSource(config: OnchainConfig): OnchainSource {
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
            request: (request: Parameters<typeof requestGateway>[0]) =>
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
      if (!chainChecked && (await getChainId(client)) !== chainId) throw wrongChain(name, chainId);
      chainChecked = true;
      return await call(client);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw refused ? gatewayRefused(name) : onchainError(name, error);
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

function wrongChain(name: string, chainId: number): ResolveError {
  return new ResolveError({
    code: 'BAD_RESPONSE',
    input: name,
    source: 'onchain',
    reason: 'was not looked up: the Ethereum node serves another chain.',
    hints: [`Give it the URL of a node of chain ${chainId}.`],
  });
}

function gatewayRefused(name: string): ResolveError {
  return new ResolveError({
    code: 'GATEWAY_REFUSED',
    input: name,
    source: 'onchain',
  });
}
