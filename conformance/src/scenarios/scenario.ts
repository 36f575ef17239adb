import type { Person, PersonMethod } from '../clients/person.ts';
import type { Network } from '../network.ts';

/** What a scenario has to play with. Everybody in it is closed afterwards. */
export interface Scene {
  readonly network: Network;
  /** Somebody with the client that is tried; `same` for another installation of the same inbox. */
  open(options?: { same?: Person; deviceSync?: boolean }): Promise<Person>;
  /** So many others, with the Node SDK. */
  peers(count: number): Promise<Person[]>;
  /** Waits until it is so, and returns what made it so. Fails with `what` after `limitMs`, by default 30,000. */
  until<T>(what: string, probe: () => Promise<T> | T, limitMs?: number): Promise<NonNullable<T>>;
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
