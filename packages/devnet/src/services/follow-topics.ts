import type { Envelope, Horizon, VectorCursor } from '../store/create-envelopes.ts';
import type { TopicHub } from './create-topic-hub.ts';
import { toTopicName } from './subscribe.ts';

export interface FollowOptions {
  /** Each topic with what of it has been seen. */
  readonly topics: readonly { readonly topic: Uint8Array; readonly seen: VectorCursor }[];
  readonly hub: TopicHub;
  readonly read: (topic: Uint8Array, seen: VectorCursor, limit: number) => Envelope[];
  /** When what is posted now will have appeared here, in milliseconds from now; for nodes that lag. */
  readonly delaysMs: () => readonly number[];
  /** How often there is a sign of life while nothing is posted. */
  readonly aliveEveryMs: number;
  readonly signal: AbortSignal;
}

/** What a reader hears: something posted, that history ends here, or that the stream is alive. */
export type Heard = readonly Envelope[] | 'caughtUp' | 'alive';

const pageSize = 500;

/** History after each cursor, `caughtUp`, then what is posted, each envelope once. */
export async function* followTopics(options: FollowOptions): AsyncGenerator<Heard, void, undefined> {
  const { hub, read, delaysMs, aliveEveryMs, signal } = options;
  const followed = new Map<string, { topic: Uint8Array; seen: Map<number, bigint> }>();
  for (const { topic, seen } of options.topics) {
    const name = toTopicName(topic);
    if (!followed.has(name)) followed.set(name, { topic, seen: new Map(seen) });
  }
  const pending = new Set(followed.keys());
  const timers = new Set<NodeJS.Timeout>();
  let wakeUp: () => void = () => {};
  const wake = (name: string) => {
    pending.add(name);
    wakeUp();
    for (const ms of delaysMs()) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        pending.add(name);
        wakeUp();
      }, ms);
      timers.add(timer);
    }
  };
  const onAbort = () => wakeUp();
  const unsubscribe = hub.subscribe([...followed.keys()], wake);
  signal.addEventListener('abort', onAbort);
  let caughtUp = false;
  try {
    while (!signal.aborted) {
      for (const name of pending) {
        pending.delete(name);
        const { topic, seen } = followed.get(name)!;
        const envelopes = read(topic, seen, pageSize);
        if (envelopes.length === pageSize) pending.add(name);
        for (const { originator, sequence } of envelopes) {
          if (sequence > (seen.get(originator) ?? 0n)) seen.set(originator, sequence);
        }
        if (signal.aborted) return;
        if (envelopes.length > 0) yield envelopes;
      }
      if (!caughtUp) {
        caughtUp = true;
        yield 'caughtUp';
      }
      if (pending.size === 0 && !signal.aborted && (await rest()) === 'alive') yield 'alive';
    }
  } finally {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }

  function rest(): Promise<'woken' | 'alive'> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('alive'), aliveEveryMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve('woken');
      };
    });
  }
}

/** What a node that lags may show: nothing that is younger than its lag. */
export function toHorizon(
  fault: NodeLag | null,
  nowNs: () => bigint,
  isFromChain: (originator: number) => boolean,
): Horizon {
  const { lagMs = 0, commitLagMs = 0 } = fault ?? {};
  return (originator) => {
    const ms = lagMs + (isFromChain(originator) ? commitLagMs : 0);
    return ms === 0 ? endOfTime : nowNs() - BigInt(Math.trunc(ms * 1_000_000));
  };
}

/** How much later than elsewhere a node shows what is posted. */
export interface NodeLag {
  readonly lagMs?: number | undefined;
  readonly commitLagMs?: number | undefined;
}

const endOfTime = 2n ** 63n - 1n;
