// The public surface of @xmtp-messaging/ens-resolver.
export { type CliFlags, readEnvironment } from './cli/read-environment.ts';
export { createEnsResolver } from './create-ens-resolver.ts';
export type { EnsResolver, ResolveOptions } from './compose-resolver.ts';
export type { ReverseResolution } from './create-reverse.ts';
export type { BatchResult, ResolveManyOptions } from './resolve-many.ts';
export type { LookupOptions } from './create-resolve.ts';
export type { CacheOptions } from './cache/create-answer-cache.ts';
export type { HostsOptions } from './hosts/open-hosts-file.ts';
export type { IdCliOptions } from './id-cli/id-cli-options.ts';
export { parseIdCliInfo, type IdCliRun } from './id-cli/parse-id-cli-info.ts';
export { classifyName, type ClassifiedName, type NameKind } from './names/classify-name.ts';
export { parseAddress } from './names/parse-address.ts';
export type { OnchainOptions } from './onchain/onchain-options.ts';
export {
  ResolveError,
  type ResolveErrorCode,
  type ResolveErrorOptions,
  resolveErrorTexts,
  type SourceAnswer,
} from './errors.ts';
export type { EnsResolverOptions } from './resolver-options.ts';
export type { Resolution, ResolverSource } from './types.ts';
export type { Web3BioOptions } from './web3bio/web3bio-options.ts';
export type { XidOptions } from './xid/xid-options.ts';
