import * as AbiConstructor from 'ox/AbiConstructor';
import * as Hex from 'ox/Hex';
import * as RpcTransport from 'ox/RpcTransport';
import { SignatureErc6492 } from 'ox/erc6492';
import { GrpcError } from '../grpc-error.ts';

/** A contract wallet's signature over a hash, to be judged by the contract. */
export interface ContractWalletSignature {
  /** CAIP-10, for example `eip155:1:0x…`. */
  readonly accountId: string;
  readonly hash: Hex.Hex;
  readonly signature: Uint8Array;
  /** `null` for the newest block. */
  readonly blockNumber: bigint | null;
}

/** The contract's judgement. */
export interface ContractWalletVerdict {
  readonly valid: boolean;
  readonly address: Hex.Hex;
  readonly chainId: number;
  readonly blockNumber: bigint;
}

/** Asks contracts whether they accept a signature (ERC-1271, or ERC-6492 before they are deployed). */
export interface ContractWallets {
  /** @throws GrpcError INVALID_ARGUMENT for a malformed account or an unknown chain, UNAVAILABLE when the chain does not answer. */
  verify(signature: ContractWalletSignature): Promise<ContractWalletVerdict>;
}

const accountPattern = /^eip155:([1-9][0-9]{0,15}):(0x[0-9a-fA-F]{40})$/;

/** @param chains JSON-RPC URL by chain id. */
export function createContractWallets(chains: Readonly<Record<number, string>>): ContractWallets {
  const connect = (chainId: number): RpcTransport.Http => {
    const url = chains[chainId];
    if (url !== undefined) return RpcTransport.fromHttp(url);
    throw new GrpcError(
      'INVALID_ARGUMENT',
      `contract wallet signatures of chain ${chainId} cannot be checked: this devnet was started without an RPC for it`,
    );
  };
  return {
    async verify({ accountId, hash, signature, blockNumber }) {
      const [, chain, account] = accountPattern.exec(accountId) ?? [];
      if (chain === undefined || account === undefined) {
        throw new GrpcError('INVALID_ARGUMENT', 'a contract wallet is named as eip155:<chain id>:<address>');
      }
      const chainId = Number(chain);
      const rpc = connect(chainId);
      const address = account.toLowerCase() as Hex.Hex;
      try {
        const block = blockNumber ?? BigInt(await rpc.request({ method: 'eth_blockNumber' }));
        const valid = await ask(rpc, encodeQuestion(address, hash, Hex.fromBytes(signature)), Hex.fromNumber(block));
        return { valid, address, chainId, blockNumber: block };
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'unknown error';
        throw new GrpcError('UNAVAILABLE', `the RPC of chain ${chainId} did not answer (${reason})`);
      }
    },
  };
}

const validator = AbiConstructor.fromAbi(SignatureErc6492.universalSignatureValidatorAbi);

/** The validator of ERC-6492 as code that is run but never deployed: it deploys the wallet if need be, and asks it. */
const encodeQuestion = (address: Hex.Hex, hash: Hex.Hex, signature: Hex.Hex): Hex.Hex =>
  AbiConstructor.encode(validator, {
    bytecode: SignatureErc6492.universalSignatureValidatorBytecode,
    args: [address, hash, signature],
  });

/** A call that reverts is a no: the wallet refuses so as well. */
async function ask(rpc: RpcTransport.Http, data: Hex.Hex, block: Hex.Hex): Promise<boolean> {
  const answer = await rpc.request({ method: 'eth_call', params: [{ data }, block] }, { raw: true });
  if (answer.error !== undefined) {
    if (isRevert(answer.error)) return false;
    throw new Error(answer.error.message);
  }
  return Hex.toBigInt(answer.result) === 1n;
}

/** 3 is what Geth and its like answer for a revert; others say it in words. */
const isRevert = ({ code, message }: { code: number; message: string }): boolean =>
  code === 3 || /revert/i.test(message);
