import type { Person, PersonMethod } from '../clients/person.ts';
import type { Network } from '../network.ts';

/** What a scenario has to play with. Everybody in it is closed afterwards. */
export interface Scene {
  readonly network: Network;
  /** Somebody with the client that is tried; `same` for another installation of the same inbox. */
  readonly open: (options?: { same?: Person; deviceSync?: boolean }) => Promise<Person>;
  /** So many others, with the Node SDK. */
  readonly peers: (count: number) => Promise<Person[]>;
  /** Waits until it is so. Fails with `what` after `limitMs`, by default 30,000. */
  readonly until: (what: string, probe: () => Promise<unknown>, limitMs?: number) => Promise<void>;
}

/** Something that clients of XMTP do with each other. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  /** Calls of the client that it needs beyond the first ones. */
  readonly needs: readonly PersonMethod[];
  /** Its network must outlive `kill -9`, or have several nodes. */
  readonly network?: 'killed' | 'nodes';
  /** @throws Error when something is not as it should be */
  play(scene: Scene): Promise<void>;
}
