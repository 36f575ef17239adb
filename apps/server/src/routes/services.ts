import type { AgentRuntime } from '../agent/agent-runtime.ts';
import type { ServerResolver } from '../create-resolver.ts';
import type { DeliveryState } from '../delivery/delivery-worker.ts';
import type { LoopGuard } from '../delivery/loop-guard.ts';
import type { Metrics } from '../metrics/create-metrics.ts';

/** What the routes work with. */
export interface Services {
  runtime: AgentRuntime;
  resolver: Pick<ServerResolver, 'resolve'>;
  metrics: Metrics;
  loopGuard: LoopGuard;
  /** `null` when nothing is pushed. */
  delivery: () => DeliveryState | null;
  /** Tries now what waits for a later attempt; `null` when nothing is pushed. Returns how many messages that are. */
  retryDelivery: () => number | null;
  env: string;
  mode: 'closed' | 'open';
  boundaryMode: string;
  /** Of this server. */
  version: string;
  startedAt: number;
  now: () => number;
}
