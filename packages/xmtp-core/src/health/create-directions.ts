import { type MailboxError, mailboxError } from '../errors.ts';
import type { MailboxErrorCode } from '../error-codes.ts';
import { fromSdkError, isDatabaseBusy } from '../sdk/classify-error.ts';
import type { EndedWork } from '../sdk/create-run-native.ts';
import type { Direction, DirectionStatus } from './status-types.ts';
import { createEvidence, type Evidence } from './create-evidence.ts';

/** Each direction of a mailbox by itself, as its last real work showed it. */
export interface Directions {
  /** Work of a kind ended; `error` is `null` when it succeeded, `undefined` when there was no answer. */
  note(work: EndedWork, error: unknown): void;
  status(): Record<Direction, DirectionStatus>;
  /** Whether no work of any kind has failed since it last succeeded: what nearly every call finds. */
  isClear(): boolean;
  /** The newest failure of any direction. */
  failure(): { direction: Direction; error: MailboxError; at: number } | null;
}

export const directionNames: readonly Direction[] = ['receiving', 'sending', 'identity', 'storage'];

/** Answers, or troubles of one request: they show that the way is open. */
const answers: ReadonlySet<MailboxErrorCode> = new Set([
  'RECIPIENT_NOT_FOUND',
  'CONVERSATION_NOT_FOUND',
  'INVALID_REQUEST',
  'MESSAGE_TOO_LARGE',
  'CLOSED',
]);

/** @param now Milliseconds since the epoch. */
export function createDirections(now: () => number): Directions {
  const kinds = new Map<Direction, Map<string, Evidence>>(directionNames.map((name) => [name, new Map()]));

  const failureOf = (direction: Direction) => {
    const found = [...kinds.get(direction)!.values()].flatMap((evidence) => evidence.failure() ?? []);
    return found.toSorted((a, b) => b.at - a.at)[0] ?? null;
  };

  return {
    note({ direction, kind, key = '', begun }, error) {
      if (isDatabaseBusy(error)) return;
      const evidence = kinds.get(direction)!.get(kind) ?? createEvidence(now);
      kinds.get(direction)!.set(kind, evidence);
      const failure = error === null ? null : toFailure(error);
      if (failure === null || answers.has(failure.code)) evidence.succeeded(key, begun);
      else evidence.failed(key, failure, begun);
    },
    status() {
      const entries = directionNames.map((direction): [Direction, DirectionStatus] => {
        const failure = failureOf(direction);
        const okAt = [...kinds.get(direction)!.values()].map((evidence) => evidence.lastOkAt() ?? 0);
        const lastOkAt = Math.max(0, ...okAt) || null;
        const state = lastOkAt === null ? 'unknown' : 'ok';
        if (failure === null) return [direction, { state, lastOkAt, error: null }];
        const { code, shortMessage } = failure.error;
        return [direction, { state: 'failing', lastOkAt, error: { code, message: shortMessage, at: failure.at } }];
      });
      return Object.fromEntries(entries) as Record<Direction, DirectionStatus>;
    },
    isClear: () => kinds.values().every((ofKind) => ofKind.values().every((evidence) => evidence.isClear())),
    failure() {
      const found = directionNames.flatMap((direction) => {
        const failure = failureOf(direction);
        return failure === null ? [] : [{ direction, ...failure }];
      });
      return found.toSorted((a, b) => b.at - a.at)[0] ?? null;
    },
  };
}

function toFailure(error: unknown): MailboxError {
  return error === undefined ? mailboxError('NETWORK_UNREACHABLE') : fromSdkError(error);
}
