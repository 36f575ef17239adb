import type { Address, Hex, PublicClient } from 'viem';
import { bytesToHex } from 'viem/utils';
import { GrpcError } from '../grpc-error.ts';

/** A contract wallet's signature over a hash, to be judged by the contract. */
export interface ContractWalletSignature {
  /** CAIP-10, for example `eip155:1:0x…`. */
  readonly accountId: string;
  readonly hash: Hex;
  readonly signature: Uint8Array;
  /** `null` for the newest block. */
  readonly blockNumber: bigint | null;
}

/** The contract's judgement. */
export interface ContractWalletVerdict {
  readonly valid: boolean;
  readonly address: Address;
  readonly chainId: number;
  readonly blockNumber: bigint;
}

/** Asks contracts whether they accept a signature (ERC-1271, or ERC-6492 before they are deployed). */
export interface ContractWallets {
  /** @throws GrpcError INVALID_ARGUMENT for a malformed account or an unknown chain, UNAVAILABLE when the chain does not answer. */
  verify(signature: ContractWalletSignature): Promise<ContractWalletVerdict>;
}

const ACCOUNT_ID = /^eip155:([1-9][0-9]{0,15}):(0x[0-9a-fA-F]{40})$/;

/** @param chains JSON-RPC URL by chain id. */
export function createContractWallets(chains: Readonly<Record<number, string>>): ContractWallets {
  const clients = new Map<number, PublicClient>();
  const connect = async (chainId: number): Promise<PublicClient> => {
    const url = chains[chainId];
    if (url === undefined) {
      throw new GrpcError(
        'INVALID_ARGUMENT',
        `contract wallet signatures of chain ${chainId} cannot be checked: this devnet was started without an RPC for it`,
      );
    }
    // Loaded when first needed: few networks have a chain, and it would double the time to start.
    const { createPublicClient, http } = await import('viem');
    const client = clients.get(chainId) ?? createPublicClient({ transport: http(url, { retryCount: 1 }) });
    clients.set(chainId, client);
    return client;
  };
  return {
    async verify({ accountId, hash, signature, blockNumber }) {
      const [, chain, account] = ACCOUNT_ID.exec(accountId) ?? [];
      if (chain === undefined || account === undefined) {
        throw new GrpcError('INVALID_ARGUMENT', 'a contract wallet is named as eip155:<chain id>:<address>');
      }
      const chainId = Number(chain);
      const client = await connect(chainId);
      const address = account.toLowerCase() as Address;
      try {
        const block = blockNumber ?? (await client.getBlockNumber());
        const valid = await client.verifyHash({ address, hash, signature: bytesToHex(signature), blockNumber: block });
        return { valid, address, chainId, blockNumber: block };
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unknown error';
        throw new GrpcError('UNAVAILABLE', `the RPC of chain ${chainId} did not answer (${reason})`);
      }
    },
  };
}
