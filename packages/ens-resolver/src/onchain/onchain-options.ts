import { atLeast, invalidOption, serviceUrl } from '../options.ts';
import { checkAddress } from '../names/parse-address.ts';

/** How to ask the chain. */
export interface OnchainOptions {
  /** JSON-RPC endpoint of an Ethereum node: https, or http on 127.0.0.1. Never shown in errors: it may hold a key. */
  rpcUrl: string;
  /** The endpoint must serve this chain. @default 1 */
  chainId?: number | undefined;
  /** Universal Resolver contract. @default the ENSv2-ready proxy of mainnet, 0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe */
  universalResolver?: `0x${string}` | undefined;
  /**
   * Which CCIP-Read gateways (EIP-3668) may be asked; contracts, and so strangers, choose their URLs. `public`: https on
   * public addresses, checked after the DNS lookup that the connection uses. `none`: names that need one fail.
   * `any`: for a development chain. @default 'public'
   */
  gateways?: 'public' | 'none' | 'any' | undefined;
  /** Milliseconds for one request to the node or to a gateway. @default 10_000 */
  timeoutMs?: number | undefined;
  /** Bytes of one answer of the node or of a gateway. @default 1_048_576 */
  maxBytes?: number | undefined;
}

/** Checked options, with every default applied. */
export interface OnchainConfig {
  rpcUrl: string;
  chainId: number;
  universalResolver: `0x${string}`;
  gateways: 'public' | 'none' | 'any';
  timeoutMs: number;
  maxBytes: number;
}

/** @throws ResolveError INVALID_OPTION, which never holds the URL. */
export function readOnchainOptions(options: OnchainOptions): OnchainConfig {
  const { universalResolver = '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe', gateways = 'public' } = options;
  const contract = checkAddress(universalResolver);
  if (!contract.ok) throw invalidOption('The option onchain.universalResolver must be an address.');
  return {
    rpcUrl: serviceUrl('onchain.rpcUrl', options.rpcUrl).href,
    chainId: atLeast(1, 'onchain.chainId', options.chainId ?? 1),
    universalResolver: contract.address,
    gateways,
    timeoutMs: atLeast(1, 'onchain.timeoutMs', options.timeoutMs ?? 10_000),
    maxBytes: atLeast(1, 'onchain.maxBytes', options.maxBytes ?? 1_048_576),
  };
}
