import type { Optional } from '@xmtp-messaging/errors';
import { checkAddress } from '../names/parse-address.ts';
import { atLeast, invalidOption, serviceUrl } from '../options.ts';
import { type XidChain, type XidRegistry, xidRegistries } from './xid-registries.ts';

/** How to read the registries of xid.eth without id-cli. */
export interface XidOptions {
  /** JSON-RPC endpoint of a Base node: https, or http on 127.0.0.1. Never shown in errors: it may hold a key. */
  rpcUrl: string;
  /** Endpoints for names with the label of another chain, such as `a.op.xid.eth`. @default none: such names fail */
  rpcUrls?: Optional<Record<Exclude<XidChain, 'base'>, string>> | undefined;
  /** Registry of the names without such a label. @default 0x92DF3A4CB6827Bf199FdAd429B36622f0C8167F0 */
  registry?: `0x${string}` | undefined;
  /** The endpoint `rpcUrl` must serve this chain. @default 8453 */
  chainId?: number | undefined;
  /** Milliseconds for one request. @default 10_000 */
  timeoutMs?: number | undefined;
  /** Bytes of one answer. @default 1_048_576 */
  maxBytes?: number | undefined;
}

/** A registry and the node to ask. */
export interface XidPlace extends XidRegistry {
  rpcUrl: string;
}

/** Checked options, with every default applied. */
export interface XidConfig {
  places: Partial<Record<keyof typeof xidRegistries, XidPlace>>;
  timeoutMs: number;
  maxBytes: number;
}

/** @throws ResolveError INVALID_OPTION, which never holds a URL. */
export function readXidOptions(options: XidOptions): XidConfig {
  const { rpcUrls = {}, registry = xidRegistries.unlabelled.registry } = options;
  const contract = checkAddress(registry);
  if (!contract.ok) throw invalidOption('The option xid.registry must be an address.');
  const rpcUrl = serviceUrl('xid.rpcUrl', options.rpcUrl).href;
  const chainId = atLeast(1, 'xid.chainId', options.chainId ?? xidRegistries.unlabelled.chainId);
  const places: XidConfig['places'] = {
    unlabelled: { chainId, registry: contract.address, rpcUrl },
    base: { ...xidRegistries.base, chainId, rpcUrl },
  };
  for (const [chain, url] of Object.entries(rpcUrls)) {
    if (url === undefined) continue;
    if (!Object.hasOwn(xidRegistries, chain) || chain === 'unlabelled' || chain === 'base')
      throw invalidOption('The option xid.rpcUrls has the keys eth, op and arb.');
    const known = chain as Exclude<XidChain, 'base'>;
    places[known] = { ...xidRegistries[known], rpcUrl: serviceUrl(`xid.rpcUrls.${known}`, url).href };
  }
  return {
    places,
    timeoutMs: atLeast(1, 'xid.timeoutMs', options.timeoutMs ?? 10_000),
    maxBytes: atLeast(1, 'xid.maxBytes', options.maxBytes ?? 1_048_576),
  };
}
