import { delimiter, dirname, isAbsolute } from 'node:path';
import { atLeast, count, invalidOption } from '../options.ts';
import { absoluteFolders } from './find-program.ts';

/** How to ask id-cli. */
export interface IdCliOptions {
  /** The program and the arguments that go before `info NAME`: a bare name to search for, or an absolute path. @default ['id-cli'] */
  command?: readonly [string, ...string[]] | undefined;
  /** Where to search for it, written like PATH; relative entries are ignored. @default the folder of the running Node, /usr/local/bin, /usr/bin, /bin */
  searchPath?: string | undefined;
  /** More environment for it, such as RPC_URL_BASE. It gets nothing else but PATH, HOME and INDEXER_URL. @default {} */
  env?: Readonly<Record<string, string>> | undefined;
  /** Let it ask its indexer, which slows it down and tells idchain.world every looked-up name. @default false */
  useIndexer?: boolean | undefined;
  /** Milliseconds until it is killed. @default 15_000 */
  timeoutMs?: number | undefined;
  /** Bytes of output until it is killed. @default 262_144 */
  maxBytes?: number | undefined;
  /** How many may run at once. @default 4 */
  concurrency?: number | undefined;
}

/** Checked options, with every default applied. */
export interface IdCliConfig {
  program: string;
  args: readonly string[];
  searchPath: string;
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  maxBytes: number;
  concurrency: number;
}

/** Port 1 is blocked by fetch, so no connection is even tried. */
const noIndexer = 'http://127.0.0.1:1';

/** Keys and loader switches that a name lookup has no business with. */
const forbidden = /^(?:PRIVATE_KEY|OWS_.*|NODE_OPTIONS|LD_.*|DYLD_.*)$/i;

/** @throws ResolveError INVALID_OPTION */
export function readIdCliOptions(options: IdCliOptions, nodePath: string): IdCliConfig {
  const { command = ['id-cli'], searchPath, env = {}, useIndexer = false } = options;
  const [program, ...args] = command;
  if (program === '' || (program.includes('/') && !isAbsolute(program))) {
    throw invalidOption('The id-cli command must be a bare program name or an absolute path.');
  }
  const refused = Object.keys(env).find((name) => forbidden.test(name));
  if (refused !== undefined) throw invalidOption(`The environment variable ${refused} is not passed to id-cli.`);
  const folders = absoluteFolders(searchPath ?? ['/usr/local/bin', '/usr/bin', '/bin'].join(delimiter));
  const nodeFolder = dirname(nodePath);
  const path = (searchPath === undefined ? [nodeFolder, ...folders] : [...folders, nodeFolder]).join(delimiter);
  return {
    program,
    args,
    searchPath: path,
    env: { PATH: path, ...(useIndexer ? {} : { INDEXER_URL: noIndexer }), ...env },
    timeoutMs: atLeast(1, 'idCli.timeoutMs', options.timeoutMs ?? 15_000),
    maxBytes: atLeast(1, 'idCli.maxBytes', options.maxBytes ?? 262_144),
    concurrency: count('idCli.concurrency', options.concurrency ?? 4),
  };
}
