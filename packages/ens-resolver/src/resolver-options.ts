import type { CacheOptions } from './cache/create-answer-cache.ts';
import type { HostsOptions } from './hosts/open-hosts-file.ts';
import type { IdCliOptions } from './id-cli/id-cli-options.ts';
import type { OnchainOptions } from './onchain/onchain-options.ts';
import type { Web3BioOptions } from './web3bio/web3bio-options.ts';
import type { XidOptions } from './xid/xid-options.ts';

/** Where names are looked up, and how long answers are kept: what every runtime can do. */
export interface SharedOptions {
  /** The registries of `*.xid.eth`, read from a node where id-cli is not installed. @default none */
  xid?: XidOptions | undefined;
  /** For all other .eth names. `false` switches it off. @default {} */
  web3bio?: Web3BioOptions | false | undefined;
  /** The Universal Resolver contract. Without `verify` it replaces id-cli, xid and web3.bio. @default none */
  onchain?: OnchainOptions | undefined;
  /** Ask the other source as usual, and accept only what the chain confirms. Needs `onchain`. @default false */
  verify?: boolean | undefined;
  /** @default {} */
  cache?: CacheOptions | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** In [0, 1), for jitter. @default Math.random */
  random?: (() => number) | undefined;
}

/** With the sources that need files and programs. */
export interface EnsResolverOptions extends SharedOptions {
  /** Local names, which come before every other source. @default none */
  hosts?: HostsOptions | undefined;
  /** For `*.xid.eth`. `false` switches it off. @default {} */
  idCli?: IdCliOptions | false | undefined;
}
