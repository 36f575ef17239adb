import type { AgentSdk } from '../peers/start-agent-sdk.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';
import type { Identity } from '../peers/new-identity.ts';
import type { MailboxPeer } from '../peers/start-mailbox.ts';
import type { Server, ServerOptions } from '../peers/launch-server.ts';
import type { Row } from './to-row.ts';

/** What Node runs. */
export interface Deployed {
  /** The built server; `undefined` for the sources. */
  main: string | undefined;
  /** Flags under which a plain script finds this workspace's packages in the same form. */
  flags: readonly string[];
}

/** What a benchmark is given. Everything started here ends with the run, whatever happens. */
export interface Context {
  /** The tiny form: proves that the benchmark works, its numbers mean nothing. */
  readonly minute: boolean;
  /** Chooses a count by the form of the run. */
  pick(full: number, minute: number): number;
  /** Says what is going on, for example `round 2 of 5`. */
  readonly progress: (text: string) => void;
  /** A new private folder. */
  folder(): Promise<string>;
  /** Runs `end` when the benchmark is over. */
  readonly defer: (end: () => Promise<void> | void) => void;
  /** Address of the one local network of the run. */
  networkUrl(): Promise<string>;
  /** Has each call of the network take so many milliseconds until the benchmark is over. */
  delayCalls(ms: number): Promise<void>;
  /** How to start our server and a script of the peer as they are deployed; from the sources in the minute form. */
  deployed(): Promise<Deployed>;
  /** The agents that the sending and receiving benchmarks share, each in its own process. */
  readonly shared: {
    server(): Promise<Server>;
    bareSdk(): Promise<BareSdk>;
    agentSdk(): Promise<AgentSdk>;
    /** Writes to the others, so that writing costs those who are measured nothing. */
    correspondent(): Promise<BareSdk>;
    /** Addresses that can be written to, new each time. */
    recipients(count: number): Promise<string[]>;
  };
  /** An agent of its own, ended with the benchmark. */
  server(options?: Pick<ServerOptions, 'main' | 'settings'>): Promise<Server>;
  bareSdk(): Promise<BareSdk>;
  agentSdk(): Promise<AgentSdk>;
  mailbox(): Promise<MailboxPeer>;
  /** Somebody new, with a folder of their own. */
  identity(): Promise<Identity>;
}

/** One benchmark: a name of the table, what it measures, what must be reached. */
export interface Suite {
  readonly name: string;
  readonly what: string;
  /** For people; the rows carry it for programs. */
  readonly target: string;
  run(context: Context): Promise<Row[]>;
}
