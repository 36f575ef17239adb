import type { Answer } from './cache/answer-cache.ts';
import { createIdCliSource } from './id-cli/create-id-cli-source.ts';
import type { NameKind } from './names/classify-name.ts';
import { ResolveError } from './resolve-error.ts';
import type { EnsResolverOptions } from './resolver-options.ts';
import type { ResolverSource, SourceResult } from './types.ts';
import { createWeb3BioClient } from './web3bio/create-web3bio-client.ts';
import { lookupProfile } from './web3bio/lookup-profile.ts';
import { readWeb3BioOptions } from './web3bio/web3bio-options.ts';

/** Asks the one source that is responsible for a name. There is no fall-back: who can break a source must not be able to choose another. */
export type Router = (kind: Exclude<NameKind, 'raw'>, name: string, signal: AbortSignal) => Promise<Answer>;

/** @throws ResolveError INVALID_OPTION */
export function createRouter(options: EnsResolverOptions, now: () => number): Router {
  const { idCli = {}, web3bio = {}, random = Math.random } = options;
  const xid = idCli === false ? null : createIdCliSource(idCli);
  const web = web3bio === false ? null : createWeb3BioClient(readWeb3BioOptions(web3bio), { now, random });

  async function ask(kind: Exclude<NameKind, 'raw'>, name: string, signal: AbortSignal): Promise<SourceResult> {
    if (kind === 'xid') {
      if (xid === null) throw switchedOff(name, 'id-cli');
      return xid.lookup(name, { signal });
    }
    if (web === null) throw switchedOff(name, 'web3.bio');
    return lookupProfile(web, kind, name, signal);
  }

  return async (kind, name, signal) => ({ ...(await ask(kind, name, signal)), verified: false, resolvedAt: now() });
}

function switchedOff(name: string, source: ResolverSource): ResolveError {
  return new ResolveError({
    code: 'RESOLVER_UNAVAILABLE',
    input: name,
    source,
    reason: `needs the source ${source}, which is switched off.`,
  });
}
