import { pause } from '../util/pause.ts';
import { type AskedCall, createGovernorCore } from './create-governor-core.ts';
import { isRefusal, rateLimited } from './rate-limit-error.ts';
import { createTurns } from './create-turns.ts';
import { sdkCallsPerMinute } from './limits.ts';
import type { CallClass, Cost, Governor, NetworkLimits } from './types.ts';

/** How a governor paces. */
export interface GovernorOptions {
  /** Limits of the network; `null` where none are known. @default null */
  limits?: NetworkLimits | null | undefined;
  /** Milliseconds of a clock that never steps. @default performance.now */
  now?: (() => number) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
}

/** How long a call may wait for its turn; when it would be longer, whoever asks is told at once. */
const waits: Readonly<Record<CallClass, number>> = {
  send: 5_000,
  receive: 15_000,
  stranger: 60_000,
  background: 30_000,
};
/** Between two looks whether what can wait may begin. */
const lookMs = 5_000;

/**
 * Paces what the clients of one process ask of one network. Give all mailboxes of a process that talk to the same network
 * the same governor: they share one address there.
 */
export function createGovernor(options: GovernorOptions = {}): Governor {
  const { limits = null, now = () => performance.now(), random = Math.random } = options;
  const core = createGovernorCore({ limits, random });
  const turns = createTurns({ core, now });

  return {
    join() {
      const client = core.client();
      const asked = (call: Omit<AskedCall, 'client'>): AskedCall => ({ ...call, client });
      const note = (error: unknown) => {
        if (!isRefusal(error)) return;
        core.refused(now());
        turns.changed();
      };
      return {
        async run(call, work, used = () => call.cost) {
          const ask = asked(call);
          await turns.take(ask, waits[call.class]);
          const settle = (cost: Cost) => {
            core.settle(ask, cost, now());
            turns.changed();
          };
          try {
            const result = await work();
            settle(used({ result }));
            return result;
          } catch (error) {
            note(error);
            settle(used({ error }));
            throw error;
          }
        },
        check(call, withinMs) {
          const time = now();
          const { at } = core.turn(asked(call), time);
          if (at - time > withinMs) throw rateLimited(at - time);
        },
        beat: async (signal) => {
          const since = now();
          for (;;) {
            const time = now();
            const ms = core.beatAt(client, since, time) - time;
            if (ms <= 0 || signal.aborted) return;
            await pause(Math.min(ms, lookMs), signal);
          }
        },
        charge: (cost) => core.charge(client, cost, now()),
        note,
        facts: () => {
          const time = now();
          const minute = { used: client.all.used(time), limit: sdkCallsPerMinute };
          return { ...core.facts(time), waiting: turns.waiting(), minute };
        },
        leave: () => {
          core.leave(client);
          turns.leave(client);
        },
      };
    },
  };
}
