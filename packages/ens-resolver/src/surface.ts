// What both entries export, whatever they run on.
export type { EnsResolver, ResolveOptions } from './compose-resolver.ts';
export type { ReverseResolution } from './create-reverse.ts';
export type { BatchResult, ResolveManyOptions } from './resolve-many.ts';
export type { LookupOptions } from './create-resolve.ts';
export type { CacheOptions } from './cache/create-answer-cache.ts';
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
export type { Resolution, ResolverSource } from './types.ts';
export type { Web3BioOptions } from './web3bio/web3bio-options.ts';
export type { XidChain } from './xid/xid-registries.ts';
export type { XidOptions } from './xid/xid-options.ts';
