import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';
import { invalidOption } from '../errors.ts';
import type { FaultPlan } from '../faults/fault-plan-schema.ts';
import { productionLimits } from '../limits/create-quotas.ts';
import type { DevnetOptions } from '../types.ts';

/** The command line as commander parsed it. */
export interface CliFlags {
  readonly d14n?: true;
  readonly protocol?: string;
  readonly nodes: number;
  readonly accounts: number;
  readonly host: string;
  readonly port: number;
  readonly webPort?: number;
  readonly historyPort?: number;
  readonly nodePort?: number;
  readonly toxiproxy?: number | true;
  readonly echo?: true;
  readonly tls?: string;
  readonly tlsPort?: readonly number[];
  readonly tlsName?: readonly string[];
  readonly data?: string;
  readonly state?: string;
  readonly loadState?: string;
  readonly dumpState?: string;
  readonly stateInterval?: number;
  readonly faults?: string;
  readonly limits?: string;
  readonly rpc: Readonly<Record<number, string>>;
  readonly verbose?: true;
  readonly json?: true;
}

/** Where XMTP's own development set-up has it. */
const defaultToxiproxyPort = 8475;
const defaultTlsPort = 5443;

/** A free gRPC port means free neighbours too; the SDKs expect them at 5557 and 5558. */
export function toOptions(flags: CliFlags): DevnetOptions {
  const { host, port, data, rpc } = flags;
  const neighbour = (offset: number) => (port === 0 ? 0 : port + offset);
  return {
    protocol: toProtocol(flags),
    nodes: flags.nodes,
    accounts: flags.accounts,
    nodePort: flags.nodePort ?? neighbour(4),
    host,
    port,
    webPort: flags.webPort ?? neighbour(1),
    historyPort: flags.historyPort ?? neighbour(2),
    toxiproxyPort: flags.toxiproxy === true ? defaultToxiproxyPort : flags.toxiproxy,
    echo: flags.echo,
    tls: toTls(flags),
    dataDir: data,
    state: flags.state,
    loadState: flags.loadState,
    dumpState: flags.dumpState,
    dumpEveryMs: flags.stateInterval === undefined ? undefined : flags.stateInterval * 1_000,
    chains: rpc,
    faults: flags.faults === undefined ? undefined : readPlan(flags.faults),
    limits: toLimits(flags.limits),
  };
}

export function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new InvalidArgumentError('a port is 0 to 65535');
  return port;
}

export function parseRpc(value: string, previous: Readonly<Record<number, string>>): Record<number, string> {
  const [, chainId, url] = /^([1-9]\d*)=(https?:\/\/.+)$/.exec(value) ?? [];
  if (chainId === undefined || url === undefined) throw new InvalidArgumentError('write it as 1=https://host');
  return { ...previous, [Number(chainId)]: url };
}

export function parseAccounts(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count > 100) throw new InvalidArgumentError('there are 0 to 100 of them');
  return count;
}

export function parseSeconds(value: string): number {
  const seconds = parseWait(value);
  if (seconds <= 0) throw new InvalidArgumentError('it is above 0');
  return seconds;
}

export function parseWait(value: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(value)) throw new InvalidArgumentError('it is a number of seconds');
  return Number(value);
}

export function parseCount(value: string): number {
  if (!/^[1-9]$/.test(value)) throw new InvalidArgumentError('there are 1 to 9 of them');
  return Number(value);
}

/** @param previous Of the same option, which may be repeated. */
export function parseTlsPort(value: string, previous: readonly number[] = []): number[] {
  return [...previous, parsePort(value)];
}

export function parseTlsName(value: string, previous: readonly string[] = []): string[] {
  if (isIP(value) === 0 && !/^[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(value)) {
    throw new InvalidArgumentError('it is a host name or an address');
  }
  return [...previous, value];
}

function toTls({ tls, tlsPort, tlsName, port }: CliFlags): DevnetOptions['tls'] {
  if (tls !== undefined) return { folder: tls, ports: tlsPort ?? [port === 0 ? 0 : defaultTlsPort], names: tlsName };
  if ((tlsPort ?? tlsName) === undefined) return undefined;
  throw invalidOption({ what: 'option --tls', reason: 'It names the folder for the certificates.' });
}

function toProtocol({ d14n, protocol }: CliFlags): DevnetOptions['protocol'] {
  const name = protocol ?? (d14n === true ? 'd14n' : 'v3');
  if (name === 'v3' || name === 'd14n' || name === 'both') return name;
  throw invalidOption({ what: 'option --protocol', reason: "It is 'v3', 'd14n' or 'both'." });
}

function toLimits(name: string | undefined): DevnetOptions['limits'] {
  if (name === undefined) return undefined;
  if (name !== 'production') {
    throw invalidOption({ what: 'option --limits', reason: "The only set of limits is 'production'." });
  }
  return productionLimits;
}

/** The plan itself is checked by the network. */
function readPlan(value: string): FaultPlan {
  try {
    return JSON.parse(value.trimStart().startsWith('{') ? value : readFileSync(value, 'utf8')) as FaultPlan;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'It is neither JSON nor a file with JSON.';
    throw invalidOption({ what: 'option --faults', reason });
  }
}
