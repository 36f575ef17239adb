import { wallClock } from '@xmtp-messaging/errors';
import { createEnsResolver, type Resolution, type ReverseResolution } from '@xmtp-messaging/ens-resolver';
import type { NamesOptions } from '../agent-options.ts';

/** The one resolver of an agent: what sends and what allows find the same address behind a name. */
export interface AgentResolver {
  /** The address behind a name. `fresh`: not from the cache. @default from there @throws ResolveError */
  resolve(
    nameOrAddress: string,
    options: { signal?: AbortSignal | undefined; fresh?: boolean | undefined },
  ): Promise<Resolution>;
  /** The name that an address claims, if that leads back to it; `null` for none. @throws ResolveError */
  reverse(address: string, options: { signal?: AbortSignal | undefined }): Promise<ReverseResolution | null>;
  /** Whether the last look-up of this name by this agent was `verified`, and led to this address. */
  confirms(name: string, address: string): boolean;
}

/** Names whose last answer is kept for `confirms`. */
const remembered = 10_000;

export function createResolver(names: NamesOptions = {}, now: () => number = wallClock): AgentResolver {
  const { hostsFile, web3BioUrl, web3BioApiKey, ethRpcUrl } = names;
  const resolver = createEnsResolver({
    hosts: hostsFile === undefined ? undefined : { path: hostsFile },
    idCli: {
      command: names.idCliCommand,
      searchPath: names.idCliSearchPath,
      env: names.idCliEnvironment,
    },
    xid: names.xid,
    web3bio: { baseUrl: web3BioUrl, apiKey: web3BioApiKey },
    onchain: ethRpcUrl === undefined ? undefined : { rpcUrl: ethRpcUrl },
    verify: ethRpcUrl !== undefined,
    now,
  });
  const answers = new Map<string, string>();
  return {
    resolve: async (nameOrAddress, options) => {
      const found = await resolver.resolve(nameOrAddress, options);
      if (found.name !== null) {
        answers.delete(found.name);
        if (found.verified) answers.set(found.name, found.identifier);
        if (answers.size > remembered) answers.delete(answers.keys().next().value ?? '');
      }
      return found;
    },
    reverse: (address, options) => resolver.reverse(address, options),
    confirms: (name, address) => answers.get(name) === address.toLowerCase(),
  };
}
