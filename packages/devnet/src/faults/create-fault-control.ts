import { z } from 'zod';
import { invalidOption } from '../errors.ts';
import { GrpcError } from '../grpc-error.ts';
import type { Dispatcher } from '../transport/create-dispatcher.ts';
import type { FaultControl } from '../types.ts';
import type { Faults } from './create-faults.ts';
import { watchCutover } from './watch-cutover.ts';
import { faultPlanSchema } from './fault-plan-schema.ts';

export interface FaultControlOptions {
  readonly faults: Faults;
  readonly dispatcher: Dispatcher;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What has to be told when the network's clock was set, and stopped with the network. */
export interface FaultWatch {
  watchClock(): void;
  stop(): void;
}

/** The part of the faults that the owner of a network may touch. */
export function createFaultControl({ faults, dispatcher, now }: FaultControlOptions): FaultControl & FaultWatch {
  const cutover = watchCutover({ now, onDue: () => dispatcher.judgeStreams() });
  const set: FaultControl['set'] = (plan) => {
    const checked = faultPlanSchema.safeParse(plan);
    if (!checked.success) {
      throw invalidOption({ what: 'fault plan', reason: z.prettifyError(checked.error) });
    }
    faults.set(checked.data);
    watchClock();
  };
  const watchClock = () => {
    dispatcher.judgeStreams();
    cutover.set(faults.plan().cutoverMs);
  };
  return {
    plan: () => faults.plan(),
    set,
    clear: () => set({}),
    dropStreams({ method, code = 'UNAVAILABLE', message = 'injected fault' } = {}) {
      return dispatcher.dropStreams({ method, error: code === 'OK' ? null : new GrpcError(code, message) });
    },
    injected: () => faults.injected(),
    watchClock,
    stop: () => cutover.stop(),
  };
}
