import type { HostChoice } from './render-host-record.ts';

/** Where OWS_WALLET was found: the name of a file beside the team file, that file itself, or the environment. */
export type WalletSource = `.env.${string}` | '.env' | 'team file' | 'environment';

/** What became of one file. In a dry run: what would become of it. */
export interface DeployedFile {
  /** Relative to the folder of the team file, with `/`; absolute when it is outside. */
  readonly path: string;
  readonly state: 'created' | 'updated' | 'unchanged' | 'removed';
}

/** What became of one agent. */
export type AgentReport =
  | {
      readonly name: string;
      readonly outcome: 'deployed';
      readonly mode: 'closed' | 'open';
      readonly wallet: { readonly name: string; readonly source: WalletSource };
      /** Where its server is to listen, on loopback. */
      readonly port: number;
      /** Before the paths of its routes: `/agents/NAME` behind a shared port, else empty. */
      readonly basePath: string;
      /** What its server answers to in the header `Xmtp-Agent`. */
      readonly id: string;
      /** What it runs in; the skill is in the places of these, too. `workspace` is absolute. */
      readonly hosts: HostChoice;
      readonly files: readonly DeployedFile[];
    }
  | {
      readonly name: string;
      readonly outcome: 'skipped';
      readonly reason: 'xmtp-not-in-skills' | 'wallet-unset';
      /** The reason in a sentence that says what would change it. */
      readonly message: string;
      /** Files of an earlier deployment, which are removed. */
      readonly files: readonly DeployedFile[];
    };

/** What `deploy` did, or would do. */
export interface DeployReport {
  readonly team: string | null;
  readonly dryRun: boolean;
  /** Whether all agents are behind one port. */
  readonly shared: boolean;
  readonly agents: readonly AgentReport[];
  /** Things that work, but not as somebody might expect. */
  readonly warnings: readonly string[];
}
