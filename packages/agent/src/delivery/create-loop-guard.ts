import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import { LRUCache } from 'lru-cache';
import { digestOf, isLooping, isMachineSpeed, type Turn } from './loop-signs.ts';

/** How many replies are fine. */
export interface LoopGuardOptions {
  /** Replies to one conversation in a window; ten times that in a day. 0: automatic replies are switched off. */
  limit: number;
  /** Milliseconds. @default 600_000 */
  windowMs?: number | undefined;
  /** How long the silence of a suspect is listened to, milliseconds. @default 5_000 */
  probeMs?: number | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

/** A message that is about to be delivered. */
export interface Incoming {
  /** 64 hexadecimal digits. */
  messageId: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** By the wall clock. */
  receivedAt: number;
  /** As its sender wrote it; `null` for what is no text. */
  text: string | null;
}

/** Whether a message may be delivered, and so answered, now. */
export type LoopVerdict = { kind: 'go' } | { kind: 'wait'; waitMs: number } | { kind: 'loop'; why: string };

/** A reply that is under way; it counts from the beginning, so that many at once do not get past the limit. */
export interface Reservation {
  /** Only a reply that was sent, for the first time, counts. */
  settle(outcome: 'sent' | 'replayed' | 'failed'): void;
}

/**
 * Keeps two agents from answering each other for ever. It asks before the agent is asked, so what is held back costs
 * nothing and waits; only what is plainly a loop becomes a dead letter.
 */
export interface LoopGuard {
  /** 0 replies were allowed: automatic ones are not sent at all. */
  readonly isOff: boolean;
  /** Asked before a delivery. */
  check(message: Incoming): LoopVerdict;
  /** Something was accepted in this conversation. */
  heard(conversationId: string): void;
  /** Counts an automatic reply that was sent for the first time. */
  answered(message: Incoming, reply: string): void;
  /** Asked before a reply that a caller sends; a key that is known costs nothing. `null` when the window is full. */
  take(conversationId: string, key: string): Reservation | null;
  /** When the next reply will be allowed, milliseconds from now; 0 when it already is. */
  waitMs(conversationId: string): number;
  /** The operator wants an answer to be given: the count starts again, without an id that of all that wait. */
  forgive(conversationId?: string): void;
  /** `heldBack`: messages and replies so far; `waiting`: conversations now. */
  state(): { heldBack: number; waiting: number };
}

interface Book {
  turns: Turn[];
  dayStartedAt: number;
  dayCount: number;
  heardAt: number;
  held: { messageId: string; since: number } | null;
}

const dayMs = 86_400_000;
const windowsOfADay = 10;
const rememberedKeys = 10_000;

/** A sliding window over the replies of a conversation; conversations that were quiet for a day are forgotten. */
export function createLoopGuard(options: LoopGuardOptions): LoopGuard {
  const { limit, windowMs = 600_000, probeMs = 5000, now: wall = wallClock } = options;
  const now = createElapsedClock(options.now);
  const books = new Map<string, Book>();
  const known = new LRUCache<string, true>({ max: rememberedKeys });
  let heldBack = 0;
  let sweptAt = now();

  const open = (conversationId: string): Book => {
    sweep();
    const fresh: Book = { turns: [], dayStartedAt: now(), dayCount: 0, heardAt: -Infinity, held: null };
    const book = books.get(conversationId) ?? fresh;
    books.set(conversationId, book);
    book.turns = book.turns.filter(({ at }) => now() - at < windowMs);
    if (now() - book.dayStartedAt >= dayMs) Object.assign(book, { dayStartedAt: now(), dayCount: 0 });
    return book;
  };
  const sweep = () => {
    if (now() - sweptAt < windowMs) return;
    sweptAt = now();
    for (const [id, book] of books) {
      const lastAt = Math.max(book.dayStartedAt, book.heardAt, book.turns.at(-1)?.at ?? -Infinity);
      if (now() - lastAt >= dayMs) books.delete(id);
    }
  };
  const isFull = (book: Book) => book.turns.length >= limit || book.dayCount >= limit * windowsOfADay;
  const waitMs = (book: Book) => {
    if (!isFull(book)) return 0;
    const windowEnd = (book.turns.at(-limit)?.at ?? now()) + windowMs;
    const end = book.dayCount >= limit * windowsOfADay ? book.dayStartedAt + dayMs : windowEnd;
    return Math.max(1, end - now());
  };
  const add = (book: Book, turn: Turn) => {
    book.turns.push(turn);
    book.dayCount += 1;
  };
  const remove = (book: Book, turn: Turn) => {
    book.turns = book.turns.filter((other) => other !== turn);
    book.dayCount -= 1;
  };
  /** Since the reply before it; `null` when there is none or it did not wait for that one. */
  const gapOf = (book: Book, { receivedAt }: Incoming): number | null => {
    const last = book.turns.at(-1);
    const arrivedAt = now() - Math.max(0, wall() - receivedAt);
    return last === undefined || arrivedAt < last.at ? null : arrivedAt - last.at;
  };
  const loopOf = (book: Book, message: Incoming): string | null => {
    if (isLooping(book.turns, digestOf(message.text))) return 'it repeats what was said';
    if (book.dayCount >= limit * windowsOfADay) return `${book.dayCount} answers in a day`;
    const { held } = book;
    const wasSilent = held !== null && now() - held.since >= probeMs && book.heardAt <= held.since;
    // A person goes on writing; what only ever answers our answers is silent when we are.
    return wasSilent && isMachineSpeed(book.turns)
      ? 'it only ever answers our answers, at the speed of a program'
      : null;
  };

  return {
    isOff: limit === 0,
    check: (message) => {
      const book = open(message.conversationId);
      if (limit === 0 || !isFull(book)) {
        book.held = null;
        return { kind: 'go' };
      }
      if (book.held?.messageId !== message.messageId) heldBack += 1;
      const why = loopOf(book, message);
      if (why !== null) {
        book.held = null;
        return { kind: 'loop', why: `held back by the loop guard: ${why}` };
      }
      const isNew = book.held?.messageId !== message.messageId;
      if (isNew) book.held = { messageId: message.messageId, since: now() };
      const left = waitMs(book);
      return { kind: 'wait', waitMs: isNew && isMachineSpeed(book.turns) ? Math.min(left, probeMs) : left };
    },
    heard: (conversationId) => {
      const book = books.get(conversationId);
      if (book !== undefined) book.heardAt = now();
    },
    answered: (message, reply) => {
      const book = open(message.conversationId);
      const gapMs = gapOf(book, message);
      add(book, { at: now(), gapMs, heard: digestOf(message.text), said: digestOf(reply) });
    },
    take: (conversationId, key) => {
      const book = open(conversationId);
      const turn: Turn = { at: now(), gapMs: null, heard: null, said: null };
      const isKnown = known.has(key);
      if (!isKnown && isFull(book)) {
        heldBack += 1;
        return null;
      }
      if (!isKnown) add(book, turn);
      known.set(key, true);
      return {
        settle: (outcome) => {
          if (outcome === 'failed') known.delete(key);
          if (isKnown === (outcome === 'sent')) {
            if (isKnown) add(book, turn);
            else remove(book, turn);
          }
        },
      };
    },
    waitMs: (conversationId) => waitMs(open(conversationId)),
    forgive: (conversationId) => {
      for (const [id, { held }] of books)
        if (conversationId === undefined ? held !== null : id === conversationId) books.delete(id);
    },
    state: () => ({ heldBack, waiting: [...books.values()].filter(({ held }) => held !== null).length }),
  };
}
