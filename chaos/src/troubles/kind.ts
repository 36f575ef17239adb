import type { Cast } from '../assemble-cast.ts';
import type { PhoneOwner } from '../create-phone-owner.ts';
import type { Tally } from '../create-tally.ts';
import type { NetworkFaults } from '../create-network-faults.ts';
import type { Trouble } from '../raise-storm.ts';
import type { Finding } from '../add-results.ts';

/** What a trouble works on. */
export interface Scene {
  readonly cast: Cast;
  readonly faults: NetworkFaults;
  readonly owner: PhoneOwner;
  readonly random: () => number;
  readonly seed: number;
  /** For messages that do not belong to a lane of the storm: what is accepted here must reach an agent too. */
  readonly besides: Tally;
  /** Adds to a count of the result. */
  readonly count: (finding: Finding, by?: number) => void;
  /** Tells whoever watches what is going on. */
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What a kind of trouble does in one run. */
export interface Equipment {
  /** Environment of a player's server, beside the usual one. */
  env?(player: string): Readonly<Record<string, string>>;
  /** Before the storm, with everybody up and connected. Resolves to how often it happened. */
  prepare?(scene: Scene): Promise<number>;
  /** While the storm blows. */
  troubles?(scene: Scene): Trouble[];
  /** After the servers have ended. `folder`: that of the run, where what is to be kept belongs. */
  close?(): Promise<void>;
}

/** One kind of trouble, which can be switched on and off. */
export interface TroubleKind {
  /** For `--help`: one line. */
  about: string;
  /**
   * @param folder Private folder of the run.
   * @returns Why it cannot happen on this machine, if so.
   */
  equip(folder: string): Equipment | string;
}
