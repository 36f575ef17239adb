import { wallClock } from '@xmtp-messaging/errors';
import { composeResolver, type EnsResolver } from './compose-resolver.ts';
import { openHostsFile } from './hosts/open-hosts-file.ts';
import { createIdCliSource } from './id-cli/create-id-cli-source.ts';
import { exchangeByNode } from './onchain/exchange-by-node.ts';
import { createRequestGateway } from './onchain/create-request-gateway.ts';
import type { EnsResolverOptions } from './resolver-options.ts';

/**
 * Makes a resolver with its own cache.
 * @example
 * const resolver = createEnsResolver();
 * const { address, source } = await resolver.resolve('vitalik.eth');
 * @throws ResolveError INVALID_OPTION
 */
export function createEnsResolver(options: EnsResolverOptions = {}): EnsResolver {
  const { hosts, idCli = {}, now = wallClock } = options;
  return composeResolver(options, {
    hosts: hosts === undefined ? null : openHostsFile(hosts, now),
    idCli: idCli === false ? null : createIdCliSource(idCli),
    requestGateway: createRequestGateway(exchangeByNode),
  });
}
