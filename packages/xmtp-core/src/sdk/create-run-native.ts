import type { MailboxErrorCode } from '../error-codes.ts';
import { callClass } from '../governor/call-class.ts';
import type { CallOutcome, Cost, GovernedCalls } from '../governor/types.ts';
import type { Direction } from '../health/status-types.ts';
import type { CallMeter } from './create-call-meter.ts';
import { classifySdkError } from './classify-error.ts';
import type { NativeCall } from './native-calls.ts';

/** Runs calls of the SDK when their turn has come, and counts what they really asked. `key`: what it is asked for. */
export type RunNative = <T>(call: NativeCall, work: () => Promise<T>, key?: string) => Promise<T>;

/** Work of one kind that has ended. */
export interface EndedWork {
  direction: Direction;
  kind: string;
  /** What it was done for. */
  key?: string | undefined;
  /** Its place in the order in which such work began; absent where it was over at once. */
  begun?: number | undefined;
}

/** Told how a call ended that was made; `error` is `null` when it succeeded. */
export type OnCall = (work: EndedWork, error: unknown) => void;

/** The SDK asks so many times before it gives up. */
const attempts = 6;

export function createRunNative(options: {
  calls: GovernedCalls;
  meter: CallMeter;
  onCall: OnCall;
  /** Called when the turn of a call has come. Throws when it must not be made. @default all may be made */
  check?: (() => void) | undefined;
}): RunNative {
  const { calls, meter, onCall, check } = options;
  let count = 0;
  return (call, work, key) => {
    let begun = 0;
    const begin = async () => {
      begun = ++count;
      check?.();
      return await work();
    };
    const asked = { class: callClass(call.class), cost: call.cost, isBeside: call.isBeside };
    return calls.run(asked, begin, (outcome) => {
      const { direction, name } = call;
      if (direction !== null) onCall({ direction, kind: name, key, begun }, 'error' in outcome ? outcome.error : null);
      if (call.isBeside) return call.cost;
      const counted = meter.take();
      return { ...counted, reads: counted.reads + uncountedReads(call, outcome, counted) };
    });
  };
}

function uncountedReads({ uncounted }: NativeCall, outcome: CallOutcome<unknown>, counted: Cost): number {
  if ('error' in outcome) return unanswered.has(classifySdkError(outcome.error)) ? attempts : 1;
  return typeof uncounted === 'number' ? uncounted : uncounted(outcome.result, counted);
}
const unanswered: ReadonlySet<MailboxErrorCode> = new Set(['NETWORK_UNREACHABLE', 'RATE_LIMITED', 'SDK_FAILED']);
