import { parseJson } from '@xmtp-messaging/errors';
import { isAbsolute } from 'node:path';
import { invalidOption } from '../options.ts';
import type { EnsResolverOptions } from '../resolver-options.ts';
import type { XidOptions } from '../xid/xid-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Sources that `--source` can name. */
export const sourceNames = ['hosts', 'id-cli', 'xid', 'web3.bio', 'onchain'] as const;

/** The command line's part in the settings. */
export interface CliFlags {
  /** Ask this source only. @default the one responsible for each name */
  source?: (typeof sourceNames)[number] | undefined;
  /** Accept only what the chain confirms. @default false */
  verify?: boolean | undefined;
}

/** Environment variables of the chain and of the proxy, which id-cli and its runtime read. */
const passedOn = /^(?:RPC_URL(?:_[A-Z]+)?|HTTPS?_PROXY|NO_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR))$/;

/**
 * Turns environment variables (XMTP_HOSTS_FILE, ID_CLI_COMMAND, WEB3_BIO_URL, WEB3_BIO_API_KEY, ETH_RPC_URL, XID_RPC_URL,
 * ...) into the resolver's options: every program that looks up names reads the same ones.
 * An empty variable counts as absent.
 * @throws ResolveError INVALID_OPTION
 */
export function readEnvironment(variables: Environment, flags: CliFlags = {}): EnsResolverOptions {
  const env: Environment = Object.fromEntries(Object.entries(variables).filter((entry) => entry[1] !== ''));
  const { source, verify = false } = flags;
  const use = (name: (typeof sourceNames)[number]) => source === undefined || source === name;
  const hosts = env.XMTP_HOSTS_FILE;
  const rpcUrl = env.ETH_RPC_URL;
  if (source === 'hosts' && hosts === undefined) throw invalidOption('The source hosts needs XMTP_HOSTS_FILE.');
  if (source === 'xid' && env.XID_RPC_URL === undefined) throw invalidOption('The source xid needs XID_RPC_URL.');
  if ((source === 'onchain' || verify) && rpcUrl === undefined) throw invalidOption('The chain needs ETH_RPC_URL.');
  if (source === 'onchain' && verify) throw invalidOption('--verify compares another source with the chain.');
  return {
    hosts: hosts !== undefined && use('hosts') ? { path: hosts } : undefined,
    idCli: use('id-cli') ? { command: commandOf(env.ID_CLI_COMMAND), searchPath: env.PATH, env: chosen(env) } : false,
    xid: use('xid') ? xidOf(env) : undefined,
    web3bio: use('web3.bio') ? { baseUrl: env.WEB3_BIO_URL, apiKey: env.WEB3_BIO_API_KEY } : false,
    onchain: rpcUrl !== undefined && (source === 'onchain' || verify) ? { rpcUrl } : undefined,
    verify,
  };
}

/** @throws ResolveError INVALID_OPTION for what is set without XID_RPC_URL, and so would be ignored. */
function xidOf(env: Environment): XidOptions | undefined {
  const { XID_RPC_URL: rpcUrl, XID_REGISTRY: registry } = env;
  const rpcUrls = { eth: env.XID_RPC_URL_ETH, op: env.XID_RPC_URL_OP, arb: env.XID_RPC_URL_ARB };
  if (rpcUrl !== undefined) return { rpcUrl, rpcUrls, registry: registry as `0x${string}` | undefined };
  if (registry === undefined && Object.values(rpcUrls).every((url) => url === undefined)) return undefined;
  throw invalidOption('The source xid needs XID_RPC_URL, the URL of a Base node.');
}

/** A JSON array (program and arguments), an absolute path, or a bare program name. */
function commandOf(text: string | undefined): [string, ...string[]] | undefined {
  if (text === undefined) return undefined;
  if (!text.startsWith('[')) {
    if (isAbsolute(text) || !/[\s/]/.test(text)) return [text];
    throw invalidOption('ID_CLI_COMMAND must be an absolute path, a program name, or a JSON array of strings.');
  }
  const parts = parseJson(text);
  if (Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === 'string')) {
    return parts as [string, ...string[]];
  }
  throw invalidOption('ID_CLI_COMMAND is not a JSON array of strings.');
}

function chosen(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && passedOn.test(entry[0])),
  );
}
