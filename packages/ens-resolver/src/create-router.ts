import type { Answer } from './cache/create-answer-cache.ts';
import { confirmAnswer, type Saying } from './confirm-answer.ts';
import type { IdCliSource } from './id-cli/create-id-cli-source.ts';
import { asResolveError, isAbsence } from './lookup-errors.ts';
import type { NameKind } from './names/classify-name.ts';
import type { OnchainSource } from './onchain/create-onchain-source.ts';
import { readOnchainOptions } from './onchain/onchain-options.ts';
import type { RequestGateway } from './onchain/create-request-gateway.ts';
import { invalidOption } from './options.ts';
import { ResolveError } from './errors.ts';
import type { SharedOptions } from './resolver-options.ts';
import type { NameSource, ResolverSource, SourceResult } from './types.ts';
import { createWeb3BioClient } from './web3bio/create-web3bio-client.ts';
import { lookupPrimaryName } from './web3bio/lookup-primary-name.ts';
import { lookupProfile } from './web3bio/lookup-profile.ts';
import { readWeb3BioOptions } from './web3bio/web3bio-options.ts';
import { readXidOptions } from './xid/xid-options.ts';

/** A name that needs a lookup. */
export type NamedKind = Exclude<NameKind, 'raw'>;

/**
 * Asks the one source that is responsible. There is no fall-back: whoever can break a source must not be able to
 * choose another.
 */
export interface Router {
  lookup(kind: NamedKind, name: string, signal: AbortSignal): Promise<Answer>;
  /** The name that an address claims, unproved, and who said so. */
  reverse(address: `0x${string}`, signal: AbortSignal): Promise<{ name: string | null; source: ResolverSource }>;
}

/** What differs between Node and a browser. */
export interface RouterParts {
  /** `null` where no program can be run, or where it is switched off. */
  idCli: IdCliSource | null;
  requestGateway: RequestGateway;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** @throws ResolveError INVALID_OPTION */
export function createRouter(options: SharedOptions, { idCli, requestGateway, now }: RouterParts): Router {
  const { web3bio = {}, verify = false, random = Math.random } = options;
  const xid = options.xid === undefined ? null : lazyXid(options.xid);
  const web = web3bio === false ? null : createWeb3BioClient(readWeb3BioOptions(web3bio), { now, random });
  const chain = options.onchain === undefined ? null : lazyOnchain(options.onchain, requestGateway);
  if (verify && chain === null) throw invalidOption('The option verify needs the option onchain.');

  async function askFirst(kind: NamedKind, name: string, signal: AbortSignal): Promise<SourceResult> {
    if (kind === 'xid') return askXid(name, signal);
    if (web === null) throw switchedOff(name, 'web3.bio');
    return lookupProfile(web, kind, name, signal);
  }

  /** Whether id-cli is there decides, and not what it says: its failure never leads to the other source. */
  async function askXid(name: string, signal: AbortSignal): Promise<SourceResult> {
    if (idCli !== null && (xid === null || (await idCli.isInstalled()))) return idCli.lookup(name, { signal });
    if (xid === null) throw switchedOff(name, 'id-cli', 'id-cli or xid');
    return (await xid()).lookup(name, { signal });
  }

  async function askBoth(kind: NamedKind, name: string, chain: OnchainSource, signal: AbortSignal) {
    const controller = new AbortController();
    const both = AbortSignal.any([signal, controller.signal]);
    try {
      return confirmAnswer(
        name,
        ...(await Promise.all([saying(askFirst(kind, name, both), name), saying(chain.lookup(name, both), name)])),
      );
    } finally {
      controller.abort();
    }
  }

  return {
    async lookup(kind, name, signal) {
      if (chain === null) return { ...(await askFirst(kind, name, signal)), verified: false, resolvedAt: now() };
      const result = verify
        ? await askBoth(kind, name, await chain(), signal)
        : await (await chain()).lookup(name, signal);
      return { ...result, verified: true, resolvedAt: now() };
    },
    async reverse(address, signal) {
      if (chain !== null) return { name: await (await chain()).reverse(address, signal), source: 'onchain' };
      if (web === null) throw switchedOff(address, 'web3.bio');
      return { name: await lookupPrimaryName(web, address, signal), source: 'web3.bio' };
    },
  };
}

/** Checks the options now, and loads viem's client when it is first needed. */
function lazyOnchain(
  options: NonNullable<SharedOptions['onchain']>,
  requestGateway: RequestGateway,
): () => Promise<OnchainSource> {
  const config = readOnchainOptions(options);
  let source: OnchainSource | null = null;
  return async () => {
    const { createOnchainSource } = await import('./onchain/create-onchain-source.ts');
    source ??= createOnchainSource(config, requestGateway);
    return source;
  };
}

function lazyXid(options: NonNullable<SharedOptions['xid']>): () => Promise<NameSource> {
  const config = readXidOptions(options);
  let source: NameSource | null = null;
  return async () => {
    const { createXidSource } = await import('./xid/create-xid-source.ts');
    source ??= createXidSource(config);
    return source;
  };
}

/** Turns "there is no address" from a failure into an answer. */
async function saying(asked: Promise<SourceResult>, name: string): Promise<Saying> {
  try {
    return await asked;
  } catch (cause) {
    const error = asResolveError(cause, name);
    if (isAbsence(error)) return error;
    throw error;
  }
}

function switchedOff(input: string, source: ResolverSource, needed: string = source): ResolveError {
  return new ResolveError({
    code: 'RESOLVER_UNAVAILABLE',
    input,
    source,
    reason: `needs the source ${needed}, which is switched off.`,
  });
}
