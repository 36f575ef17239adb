import { composeResolver, type EnsResolver } from '../compose-resolver.ts';
import { exchangeByFetch } from '../onchain/exchange-by-fetch.ts';
import { createRequestGateway } from '../onchain/create-request-gateway.ts';
import type { SharedOptions } from '../resolver-options.ts';

/**
 * Makes a resolver with its own cache, for browsers, workers and edge runtimes: web3.bio, the chain, and xid.
 * @example
 * const resolver = createEnsResolver({ xid: { rpcUrl: 'https://base.example' } });
 * const { address, source } = await resolver.resolve('bob.agent-23.xid.eth');
 * @throws ResolveError INVALID_OPTION
 */
export function createEnsResolver(options: SharedOptions = {}): EnsResolver {
  return composeResolver(options, {
    hosts: null,
    idCli: null,
    requestGateway: createRequestGateway(exchangeByFetch),
  });
}
