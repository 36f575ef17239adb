import { mailboxError } from '../errors.ts';
import type { AskedCall, ClientPace, GovernorCore } from './create-governor-core.ts';
import { rateLimited } from './rate-limit-error.ts';
import type { CallClass } from './types.ts';

/** Those who wait for their turn, the most urgent first. */
export interface Turns {
  /** Resolves when the call may begin and has been entered as begun. @throws MailboxError RATE_LIMITED, CLOSED */
  take(call: AskedCall, withinMs: number): Promise<void>;
  /** Something ended, or the network refused: others may be next, or must be told. */
  changed(): void;
  /** Nobody of this client waits any more. */
  leave(client: ClientPace): void;
  waiting(): number;
}

interface Waiting {
  call: AskedCall;
  until: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

const order: readonly CallClass[] = ['send', 'receive', 'background', 'stranger'];

export function createTurns(options: { core: GovernorCore; now: () => number }): Turns {
  const { core, now } = options;
  const queues = new Map<CallClass, Set<Waiting>>(order.map((kind) => [kind, new Set<Waiting>()]));
  let timer: NodeJS.Timeout | undefined;

  const waiting = () => order.reduce((sum, kind) => sum + queues.get(kind)!.size, 0);

  const pump = () => {
    clearTimeout(timer);
    timer = undefined;
    let next = Number.POSITIVE_INFINITY;
    // Whoever is more urgent and waits for the pace of its client goes before the others of that client.
    const held = new Set<ClientPace>();
    for (const kind of order) {
      for (const entry of queues.get(kind)!) {
        const time = now();
        const { call, until } = entry;
        if (held.has(call.client) && time <= until) {
          next = Math.min(next, until);
          continue;
        }
        const { at, why } = core.turn(call, time);
        if (at > time && at <= until) {
          if (why === 'pace' && kind !== 'stranger') held.add(call.client);
          next = Math.min(next, at);
          continue;
        }
        queues.get(kind)!.delete(entry);
        if (at > time) entry.reject(rateLimited(at - time));
        else {
          core.begin(call, time);
          entry.resolve();
        }
      }
    }
    if (Number.isFinite(next)) timer = setTimeout(pump, Math.max(1, Math.ceil(next - now())));
  };

  return {
    async take(call, withinMs) {
      const time = now();
      const { at } = core.turn(call, time);
      if (at - time > withinMs) throw rateLimited(at - time);
      if (at <= time && waiting() === 0) {
        core.begin(call, time);
        return;
      }
      await new Promise<void>((resolve, reject) => {
        queues.get(call.class)!.add({ call, until: time + withinMs, resolve, reject });
        pump();
      });
    },
    changed() {
      if (waiting() > 0) pump();
    },
    leave(client) {
      for (const queue of queues.values()) {
        for (const entry of queue) {
          if (entry.call.client !== client) continue;
          queue.delete(entry);
          entry.reject(mailboxError('CLOSED'));
        }
      }
    },
    waiting,
  };
}
