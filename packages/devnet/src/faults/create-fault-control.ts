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

/** The part of the faults that the owner of a network may touch, and what has to be stopped with the network. */
export function createFaultControl({ faults, dispatcher, now }: FaultControlOptions): FaultControl & { stop(): void } {
  const cutover = watchCutover({ now, onDue: () => dispatcher.judgeStreams() });
  const set: FaultControl['set'] = (plan) => {
    const checked = faultPlanSchema.safeParse(plan);
    if (!checked.success) {
      throw invalidOption({ what: 'fault plan', reason: z.prettifyError(checked.error) });
    }
    faults.set(checked.data);
    dispatcher.judgeStreams();
    cutover.set(checked.data.cutoverMs);
  };
  return {
    plan: () => faults.plan(),
    set,
    clear: () => set({}),
    dropStreams({ method, code = 'UNAVAILABLE', message = 'injected fault' } = {}) {
      return dispatcher.dropStreams({ method, error: code === 'OK' ? null : new GrpcError(code, message) });
    },
    injected: () => faults.injected(),
    stop: () => cutover.stop(),
  };
}
