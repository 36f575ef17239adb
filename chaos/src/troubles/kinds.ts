import { agents } from './agents.ts';
import { backlog } from './backlog.ts';
import { calls } from './calls.ts';
import { clock } from './clock.ts';
import { fullDisk } from './full-disk.ts';
import { kills } from './kills.ts';
import type { TroubleKind } from './kind.ts';
import { methodFaults } from './method-faults.ts';
import { network } from './network.ts';
import { oldDatabase } from './old-database.ts';
import { partitions } from './partitions.ts';
import { phones } from './phones.ts';
import { strangers } from './strangers.ts';
import { streams } from './streams.ts';

/** Every kind of trouble, by the name that `--troubles` knows it by; what prepares does so in this order. */
export const kinds: ReadonlyMap<string, TroubleKind> = new Map(
  Object.entries({
    kills,
    network,
    partitions,
    agents,
    calls,
    streams,
    phones,
    clock,
    strangers,
    'full-disk': fullDisk,
    methods: methodFaults,
    'old-database': oldDatabase,
    backlog,
  }),
);

/** The names in a list with commas, in the order of `kinds`. @throws Error that names what is unknown */
export function parseKinds(list: string): string[] {
  const asked = list.split(',').map((name) => name.trim());
  const unknown = asked.filter((name) => !kinds.has(name));
  if (unknown.length > 0)
    throw new Error(
      `There is no trouble named ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${[...kinds.keys()].join(', ')}.`,
    );
  return [...kinds.keys()].filter((name) => asked.includes(name));
}
