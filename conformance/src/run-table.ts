import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@xmtp-messaging/stage';
import type { ClientKind, ClientSource } from './clients/client-kind.ts';
import { NotAvailable } from './clients/not-available.ts';
import type { Network } from './network.ts';
import { startNetwork } from './start-network.ts';
import { startNetworkProcess } from './start-network-process.ts';
import { playRow } from './play-row.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** One line of the table. */
export interface Row {
  scenario: string;
  client: string;
  /** `null`: it could not be started. */
  version: string | null;
  protocol: Network['protocol'];
  /** `none`: there is nothing to try, or nothing to try it with. */
  result: 'pass' | 'fail' | 'none';
  /** Why it is not `pass`. */
  reason: string | null;
  seconds: number;
}

export interface TableOptions {
  scenarios: readonly Scenario[];
  clients: readonly ClientSource[];
  protocols: readonly Network['protocol'][];
  /** Fetched clients are kept here; `null`: in a folder that goes when the run ends. */
  keep: string | null;
  onRow: (row: Row) => void;
  tell: (line: string) => void;
  signal: AbortSignal;
}

const words = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim();

/** Plays every scenario with every client on every network, one after the other. */
export async function runTable(options: TableOptions): Promise<Row[]> {
  const { scenarios, clients, protocols, keep, onRow, tell, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-conformance-'));
  const rows: Row[] = [];
  try {
    for (const source of clients) {
      let client: ClientKind | null = null;
      let missing = '';
      try {
        client = await source.start({ folder: keep ?? folder, tell });
      } catch (error) {
        if (!(error instanceof NotAvailable)) throw error;
        missing = error.message;
      }
      try {
        for (const protocol of protocols) {
          for (const scenario of scenarios) {
            signal.throwIfAborted();
            const begun = performance.now();
            const [result, reason] = await tryOne({ client, missing, scenario, protocol, folder, signal });
            const seconds = Math.round((performance.now() - begun) / 100) / 10;
            const version = client?.version ?? null;
            const row = { scenario: scenario.name, client: source.name, version, protocol, result, reason, seconds };
            rows.push(row);
            onRow(row);
          }
        }
      } finally {
        await client?.close();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return rows;
}

async function tryOne(context: {
  client: ClientKind | null;
  missing: string;
  scenario: Scenario;
  protocol: Network['protocol'];
  folder: string;
  signal: AbortSignal;
}): Promise<[Row['result'], string | null]> {
  const { client, missing, scenario, protocol, folder, signal } = context;
  if (client === null) return ['none', missing];
  if (scenario.network === 'nodes' && protocol === 'v3') return ['none', 'V3 has one node.'];
  const cannot = client.cannotSpeak[protocol];
  if (cannot !== undefined) return ['none', cannot];
  const lacking = scenario.needs.filter((need) => client.lacks.includes(need));
  if (lacking.length > 0)
    return ['none', `The client has no call to ${lacking.map((name) => calls[name]).join(', or to ')}.`];
  const port = protocol === 'v3' ? client.v3Port : undefined;
  if (port !== undefined && (await findFreePort(port, new Set())) !== port) {
    return ['none', `The client looks for V3 on port ${port}, and something else listens there.`];
  }
  const network = await (scenario.network === 'killed'
    ? startNetworkProcess(protocol, await mkdtemp(join(folder, 'network-')), port)
    : startNetwork(protocol, port));
  try {
    await playRow({ scenario, client, network, signal });
    return ['pass', null];
  } catch (error) {
    signal.throwIfAborted();
    return ['fail', words(error)];
  } finally {
    await network.close();
  }
}

/** What a missing call would do, in words. */
const calls: Readonly<Record<Scenario['needs'][number], string>> = {
  createDm: 'open a direct message',
  createGroup: 'make a group',
  send: 'send',
  sendMany: 'publish many messages together',
  sync: 'sync',
  conversations: 'list conversations',
  texts: 'read messages',
  members: 'list members',
  isMember: 'tell whether it is still a member',
  add: 'add members',
  remove: 'remove members',
  makeAdmin: 'make somebody an admin',
  rename: 'rename a group',
  nameOf: 'read the name of a group',
  disappear: 'let messages disappear',
  deny: 'deny a conversation',
  isDenied: 'read what is denied',
  stream: 'stream messages',
  heard: 'stream messages',
  syncDevices: 'sync installations',
  sendHistory: 'hand on its history',
  takeHistory: 'take over a history',
  keyPackageSince: 'look at key packages',
};
