import type { Conversation, StoredMessage } from '../sdk/conversation.ts';
import { createWindowReader } from '../sdk/create-window-reader.ts';
import { comparePositions, type MessagePosition } from './parse-position.ts';

/** Which part of a conversation is walked, and which way. Bounds are not part of it. */
export interface MessageWalk {
  newestFirst: boolean;
  before: MessagePosition | null;
  after: MessagePosition | null;
  /** Rows read at once. @default 50 */
  chunk?: number | undefined;
}

/** Rows that are read together: each may be a megabyte. */
const defaultChunk = 50;

/**
 * Every message of a part of a conversation once, in order, a chunk at a time. The database sorts by time alone and
 * cuts anywhere among equal times: so each chunk is sorted again, and its last time is read whole with the next one.
 */
export async function* walkMessages(
  conversation: Pick<Conversation, 'messages' | 'createdAtNs'>,
  { newestFirst, before, after, chunk = defaultChunk }: MessageWalk,
): AsyncGenerator<StoredMessage[]> {
  const read = createWindowReader(conversation);
  const direction = newestFirst ? -1 : 1;
  const order = (a: StoredMessage, b: StoredMessage) => direction * comparePositions(a, b);
  let position = newestFirst ? before : after;
  const end = newestFirst ? after : before;
  const isWithin = (message: StoredMessage) =>
    (position === null || direction * comparePositions(message, position) > 0) &&
    (end === null || direction * comparePositions(message, end) < 0);
  for (let limit = chunk; ;) {
    const lower = newestFirst ? end : position;
    const upper = newestFirst ? position : end;
    // Strict, and so one tick wider: what shares the time of a bound is told apart by its id.
    const rows = await read({
      newestFirst,
      limit,
      ...(lower === null ? {} : { sentAfterNs: lower.sentAtNs - 1n }),
      ...(upper === null ? {} : { sentBeforeNs: upper.sentAtNs + 1n }),
    });
    const isLast = rows.length < limit;
    const cut = isLast ? null : rows.at(-1)?.sentAtNs;
    const whole = rows.filter(({ sentAtNs }) => sentAtNs !== cut).toSorted(order);
    const found = whole.filter(isWithin);
    if (found.length > 0) yield found;
    if (isLast) return;
    const last = found.at(-1);
    if (last === undefined) limit *= 2;
    else {
      position = last;
      limit = chunk;
    }
  }
}
