import { BaseError, ContractFunctionRevertedError, HttpRequestError, TimeoutError } from 'viem';
import { ResolveError, type ResolveErrorCode } from '../errors.ts';
import type { ResolverSource } from '../types.ts';

/** The sources that ask a node. */
type NodeSource = Extract<ResolverSource, 'onchain' | 'xid'>;

/**
 * What a failed call of a contract means. viem's errors show the endpoint's URL, which may hold a key,
 * so they are translated and never passed on, not even as a cause.
 */
export function nodeError(name: string, error: unknown, source: NodeSource): ResolveError {
  if (error instanceof ResolveError) return error;
  const code = codeOf(error);
  return new ResolveError({ code, input: name, source, ...facts[code] });
}

/** The error for a node that serves another chain than it should. */
export function wrongChain(name: string, chainId: number, source: NodeSource): ResolveError {
  return new ResolveError({
    code: 'BAD_RESPONSE',
    input: name,
    source,
    reason: 'was not looked up: the node serves another chain.',
    hints: [`Give it the URL of a node of chain ${chainId}.`],
  });
}

function codeOf(error: unknown): keyof typeof facts {
  if (!(error instanceof BaseError)) return 'UPSTREAM_ERROR';
  const revert = error.walk((cause) => cause instanceof ContractFunctionRevertedError);
  if (revert instanceof ContractFunctionRevertedError) {
    const { errorName, args } = revert.data ?? {};
    if (errorName === 'HttpError' && Number(args?.[0]) === 404) return 'NOT_FOUND';
    return reverts.get(errorName) ?? 'UPSTREAM_ERROR';
  }
  if (error.walk((cause) => cause instanceof TimeoutError) !== null) return 'TIMEOUT';
  const http = error.walk((cause) => cause instanceof HttpRequestError);
  const status = http instanceof HttpRequestError ? http.status : undefined;
  if (status === 401 || status === 403) return 'UNAUTHORIZED';
  return status === 429 ? 'RATE_LIMITED' : 'UPSTREAM_ERROR';
}

/**
 * Errors of the Universal Resolver. `ResolverError` is not here: the name's own resolver failed, which can mean an
 * unknown name as well as an unreachable gateway, so it proves nothing.
 */
const reverts = new Map<string | undefined, 'NOT_FOUND' | 'NO_ADDRESS'>([
  ['ResolverNotFound', 'NOT_FOUND'],
  ['ResolverNotContract', 'NOT_FOUND'],
  ['UnsupportedResolverProfile', 'NO_ADDRESS'],
]);

const facts = {
  NOT_FOUND: { reason: 'is not registered.' },
  NO_ADDRESS: { reason: 'is registered and has no Ethereum address.' },
  TIMEOUT: { reason: 'was not looked up: the node gave no answer in time.' },
  UNAUTHORIZED: { reason: 'was not looked up: the node refuses us.', hints: ['Check the key in its URL.'] },
  RATE_LIMITED: { reason: 'was not looked up: too many requests to the node.' },
  UPSTREAM_ERROR: {
    reason: 'was not looked up: the node, or the contract of the name, failed.',
    hints: ['Try again later, or with another node.'],
  },
} satisfies Partial<Record<ResolveErrorCode, { reason: string; hints?: string[] }>>;

/** The error for a name without a usable address. */
export function noAddress(name: string): ResolveError {
  return new ResolveError({ code: 'NO_ADDRESS', input: name, source: 'onchain', ...facts.NO_ADDRESS });
}
