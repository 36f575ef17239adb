import type { Network } from '../network.ts';
import type { Person, PersonMethod } from './person.ts';

/** What a person is made of. */
export interface OpenOptions {
  network: Network;
  privateKey: `0x${string}`;
  /** Installations of one inbox exchange consent and history. @default false */
  deviceSync?: boolean | undefined;
}

/** A client of XMTP's in one version. */
export interface ClientKind {
  readonly name: string;
  readonly version: string;
  /** What it has no call for. */
  readonly lacks: readonly PersonMethod[];
  /** Protocols that it cannot speak, each with the reason. */
  readonly cannotSpeak: Readonly<Partial<Record<Network['protocol'], string>>>;
  /** The port at which it looks for V3, when it cannot be told another. @default any */
  readonly v3Port?: number;
  /** How many times longer than others its calls may take. @default 1 */
  readonly patience?: number;
  open(options: OpenOptions): Promise<Person>;
  /** Ends what it runs in. */
  close(): Promise<void>;
}

/** A client that is fetched or started when it is wanted. */
export interface ClientSource {
  readonly name: string;
  readonly about: string;
  /** @throws NotAvailable: when this machine does not have what it needs */
  start(options: { folder: string; tell: (line: string) => void }): Promise<ClientKind>;
}
