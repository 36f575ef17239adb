import type { AgentRuntime, LoopGuard, RunningAgent } from '@xmtp-messaging/agent';
import type { UnknownVariable } from '../config/read-variables.ts';
import type { KeptProblem } from '../log/keep-problems.ts';
import type { PushStatus } from '../delivery/types.ts';
import type { DiskSpace } from './free-space.ts';
import type { Metrics } from '../metrics/create-metrics.ts';

/** What the routes work with. */
export interface Services {
  runtime: AgentRuntime;
  resolver: RunningAgent['resolver'];
  attachments: RunningAgent['attachments'];
  metrics: Metrics;
  loopGuard: LoopGuard;
  /** Of a file that is uploaded, bytes; `null` where none is. */
  maxFileBytes: number | null;
  /** `null` when nothing is pushed. */
  delivery: () => PushStatus | null;
  /** Tries now what waits for a later attempt; `null` when nothing is pushed. Returns how many messages that are. */
  retryDelivery: () => number | null;
  /** Space on the disk of the home folder; `null` when it is not known. */
  disk: () => DiskSpace | null;
  /** The last warnings and errors, oldest first. */
  problems: () => readonly KeptProblem[];
  /** What people call this agent: `XMTP_AGENT`, else its wallet. */
  name: string;
  /** Settings that an operator should know of. */
  settings: {
    /** Whether a request through a reverse proxy was refused for want of a token. */
    proxyWithoutToken: () => boolean;
    weakToken: boolean;
    /** Whether the wallet was opened without a passphrase. */
    passphraseEmpty: () => boolean;
    unknownVariables: readonly UnknownVariable[];
  };
  env: string;
  mode: 'closed' | 'open';
  groups: 'listed-senders' | 'listed-groups' | 'off';
  boundaryMode: string;
  /** Of this server. */
  version: string;
  startedAt: number;
  now: () => number;
}
