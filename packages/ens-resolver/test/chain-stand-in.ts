import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeErrorResult,
  encodeFunctionData,
  encodeFunctionResult,
  type Hex,
  parseAbi,
  sliceHex,
  zeroAddress,
} from 'viem';
import { onTestFinished } from 'vitest';
import { json } from './web3bio-stand-in.ts';

const resolverAbi = parseAbi([
  'function resolveWithGateways(bytes name, bytes data, string[] gateways) view returns (bytes, address)',
  'function reverseWithGateways(bytes reverseName, uint256 coinType, string[] gateways) view returns (string, address, address)',
  'error OffchainLookup(address sender, string[] urls, bytes callData, bytes4 callbackFunction, bytes extraData)',
  'error ResolverNotFound(bytes name)',
  'error ResolverError(bytes errorData)',
  'error UnsupportedResolverProfile(bytes4 selector)',
  'error HttpError(uint16 status, string message)',
  'error ReverseAddressMismatch(string primary, bytes primaryAddress)',
]);
const batchAbi = parseAbi([
  'struct Request { address sender; string[] urls; bytes data; }',
  'function query(Request[] requests) view returns (bool[] failures, bytes[] responses)',
]);
const callback = '0x12345678';
const resolverContract = '0x1111111111111111111111111111111111111111';

const registryAbi = parseAbi([
  'function owner(bytes32 node) view returns (address)',
  'function addr(bytes32 node) view returns (address)',
]);

/** What the contract knows about a name. */
export type ChainRecord =
  | { address: Hex }
  | { revert: 'ResolverNotFound' | 'ResolverError' | 'UnsupportedResolverProfile' | 'HttpError'; status?: number }
  /** The address is what the gateway at one of these URLs answers (EIP-3668, through the batch gateway). */
  | { gateways: string[] };

/** Plays an Ethereum node with the Universal Resolver on 127.0.0.1. */
export interface ChainStandIn {
  url: string;
  universalResolver: Hex;
  chainId: number;
  names: Map<string, ChainRecord>;
  /** Primary names by lower-case address; `false` plays a name that does not lead back. */
  primary: Map<string, string | false>;
  calls: string[];
  /** Contracts that answer `owner` and `addr`, by lower-case address: records by node. `null` reverts. */
  registries: Map<string, Map<Hex, { owner: Hex; addr: Hex | null }>>;
  /** Takes over the answer to a request when set. */
  override: ((response: ServerResponse) => void) | null;
}

/** Starts the stand-in; it stops with the current test. */
export async function startChain(): Promise<ChainStandIn> {
  const chain: ChainStandIn = {
    url: '',
    universalResolver: '0xeEeEEEeE14D718C2B47D9923Deab1335E144EeEe',
    chainId: 1,
    names: new Map(),
    primary: new Map(),
    calls: [],
    registries: new Map(),
    override: null,
  };
  const answer = (body: string, response: ServerResponse) => {
    const { id, method, params } = JSON.parse(body) as { id: number; method: string; params: [{ to: Hex; data: Hex }] };
    const outcome: Outcome =
      method === 'eth_chainId' ? { result: `0x${chain.chainId.toString(16)}` } : call(chain, params[0]);
    json(response, 200, { jsonrpc: '2.0', id, ...outcome });
  };
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (chunk: Buffer) => body.push(chunk));
    request.on('end', () => {
      if (chain.override === null) answer(Buffer.concat(body).toString('utf8'), response);
      else chain.override(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  chain.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return chain;
}

type Outcome = { result: Hex } | { error: { code: number; message: string; data: Hex } };

const revert = (data: Hex): Outcome => ({ error: { code: 3, message: 'execution reverted', data } });

function call(chain: ChainStandIn, { to, data }: { to: Hex; data: Hex }): Outcome {
  const registry = chain.registries.get(to.toLowerCase());
  if (registry !== undefined) return askRegistry(registry, data);
  if (sliceHex(data, 0, 4) === callback) return answerCallback(data);
  const { functionName, args } = decodeFunctionData({ abi: resolverAbi, data });
  if (functionName === 'reverseWithGateways') return reverse(chain, args[0].toLowerCase());
  const name = decodeDnsName(args[0]);
  chain.calls.push(name);
  const record = chain.names.get(name);
  if (record === undefined)
    return revert(encodeErrorResult({ abi: resolverAbi, errorName: 'ResolverNotFound', args: [args[0]] }));
  if ('address' in record) return found(encodeAddress(record.address));
  if ('gateways' in record) return askGateways(chain, record.gateways, args[1]);
  const reverts = {
    ResolverNotFound: () => encodeErrorResult({ abi: resolverAbi, errorName: 'ResolverNotFound', args: [args[0]] }),
    ResolverError: () => encodeErrorResult({ abi: resolverAbi, errorName: 'ResolverError', args: ['0x'] }),
    UnsupportedResolverProfile: () =>
      encodeErrorResult({ abi: resolverAbi, errorName: 'UnsupportedResolverProfile', args: ['0x3b3b57de'] }),
    HttpError: () => encodeErrorResult({ abi: resolverAbi, errorName: 'HttpError', args: [record.status ?? 500, 'x'] }),
  };
  return revert(reverts[record.revert]());
}

function askRegistry(registry: Map<Hex, { owner: Hex; addr: Hex | null }>, data: Hex): Outcome {
  const { functionName, args } = decodeFunctionData({ abi: registryAbi, data });
  const record = registry.get(args[0]);
  const answer = record === undefined ? zeroAddress : record[functionName];
  return answer === null ? revert('0x') : { result: encodeAddress(answer) };
}

function reverse(chain: ChainStandIn, address: string): Outcome {
  const name = chain.primary.get(address);
  if (name === false) {
    return revert(encodeErrorResult({ abi: resolverAbi, errorName: 'ReverseAddressMismatch', args: ['x.eth', '0x'] }));
  }
  const result = [name ?? '', resolverContract, resolverContract] as const;
  return { result: encodeFunctionResult({ abi: resolverAbi, functionName: 'reverseWithGateways', result }) };
}

function found(data: Hex): Outcome {
  const result = [data, resolverContract] as const;
  return { result: encodeFunctionResult({ abi: resolverAbi, functionName: 'resolveWithGateways', result }) };
}

function askGateways(chain: ChainStandIn, urls: string[], data: Hex): Outcome {
  const request = { sender: resolverContract, urls, data } as const;
  const callData = encodeFunctionData({ abi: batchAbi, functionName: 'query', args: [[request]] });
  const args = [chain.universalResolver, ['x-batch-gateway:true'], callData, callback, '0x'] as const;
  return revert(encodeErrorResult({ abi: resolverAbi, errorName: 'OffchainLookup', args }));
}

function answerCallback(data: Hex): Outcome {
  const [batch] = decodeAbiParameters([{ type: 'bytes' }, { type: 'bytes' }], sliceHex(data, 4));
  const [failures, responses] = decodeAbiParameters([{ type: 'bool[]' }, { type: 'bytes[]' }], batch);
  if (failures[0] === false) return found(responses[0]!);
  return revert(encodeErrorResult({ abi: resolverAbi, errorName: 'ResolverError', args: [responses[0]!] }));
}

/** What `addr(node)` of a resolver returns. */
export function encodeAddress(address: Hex): Hex {
  return encodeAbiParameters([{ type: 'address' }], [address]);
}

function decodeDnsName(data: Hex): string {
  const bytes = Buffer.from(data.slice(2), 'hex');
  const labels: string[] = [];
  for (let at = 0; bytes[at] !== 0; at += 1 + bytes[at]!)
    labels.push(bytes.subarray(at + 1, at + 1 + bytes[at]!).toString('utf8'));
  return labels.join('.');
}
