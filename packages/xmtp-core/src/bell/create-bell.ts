import { backoffMs, timerMs } from '@xmtp-messaging/errors';
import type { PostedMessage, TopicCursor } from '../grpc/wire.ts';
import type { BellConnection, BellListeners } from './connect-bell.ts';

/** A connection that held this long was a good one: the next break starts from the shortest wait. */
const stableMs = 10_000;

/** Subscriptions added to a connection before they are gathered into a new one. */
const maxAdditions = 50;

/** Who is told what the bell hears. */
export interface BellEvents {
  onGroup: (posted: PostedMessage) => Promise<void>;
  onWelcome: () => Promise<void>;
  /** The bell hangs (again): what came before did not ring. */
  onUp: () => Promise<void>;
  /** It rings for these from now on: what came there before did not ring. */
  onAdded: (groupIds: readonly string[]) => void;
  /** It does not ring for something that it was asked to. */
  onMissed: () => void;
  onDown: (why: string) => void;
}

/** A bell that is hung up again whenever it falls. It only makes things faster: nothing relies on its ringing. */
export interface Bell {
  /** There is one. */
  isEnabled: boolean;
  /** Hangs it up for the first time. */
  start(events: BellEvents): void;
  isUp: () => boolean;
  /** When it last rang, and since when it is up or down; `null` for never. */
  facts(): { up: boolean; lastRingAt: number | null; since: number | null; reason: string | null };
  /** Also rings for these from now on. Before the start it need not be told. */
  listen: (groupIds: readonly string[]) => void;
  close(): void;
}

export interface BellOptions {
  /** `null` where there is none. */
  connect: ((listeners: BellListeners) => BellConnection) | null;
  /** Groups to listen to, each from where our database stands. */
  cursors: (groupIds: readonly string[]) => Promise<readonly TopicCursor[]>;
  /** All of them, asked anew for each connection. `urgent`: there is none; else one is exchanged that still rings. */
  groups: (options: { urgent: boolean }) => Promise<readonly TopicCursor[]>;
  /** Told that a subscription is about to be added. @default nobody */
  onAdd?: (() => void) | undefined;
  now: () => number;
  random: () => number;
  /** Resolves when a new connection that is not urgent may ask the network. @default at once */
  beat?: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** A node may forget a subscription and say nothing. @default 600_000 */
  rebuildEveryMs?: number | undefined;
  /** A connection that is not ready by then is tried anew. @default 10_000 */
  readyWithinMs?: number | undefined;
}

/** Before the start, and where there is no bell. */
const nobody: BellEvents = {
  onGroup: () => Promise.resolve(),
  onWelcome: () => Promise.resolve(),
  onUp: () => Promise.resolve(),
  onAdded: () => undefined,
  onMissed: () => undefined,
  onDown: () => undefined,
};

export function createBell(options: BellOptions): Bell {
  const { now, random, rebuildEveryMs = 600_000, readyWithinMs = 10_000, connect } = options;
  const { beat = () => Promise.resolve(), onAdd = () => undefined } = options;
  const ended = new AbortController();
  let told = nobody;
  let started = false;
  let closed = false;
  let current: BellConnection | null = null;
  let successor: BellConnection | null = null;
  let attempt = 0;
  let additions = 0;
  let lastRingAt: number | null = null;
  let since: number | null = null;
  let reason: string | null = null;
  let retry: NodeJS.Timeout | undefined;
  let rebuild: NodeJS.Timeout | undefined;

  const later = (work: () => void, ms: number): NodeJS.Timeout => setTimeout(work, timerMs(ms)).unref();

  const retryLater = () => {
    if (closed) return;
    clearTimeout(retry);
    retry = later(open, backoffMs(attempt + 1, { baseMs: 600, maxMs: 30_000, random }));
    attempt += 1;
  };

  /** Opens a connection beside the one in use, which is let go only when the new one hears. */
  const open = () => {
    void options
      .groups({ urgent: current === null })
      .then(hang)
      .catch((error: Error) => {
        reason = error.message;
        told.onDown(error.message);
        retryLater();
      });
  };
  // A break in the meantime has made a new one already.
  const renew = () => {
    if (!closed && current !== null && successor === null) open();
  };
  const hang = (groups: readonly TopicCursor[]) => {
    if (closed || connect === null) return;
    successor?.close();
    let readyAt: number | null = null;
    const lost = (why: string) => {
      clearTimeout(patience);
      if (successor === connection) successor = null;
      if (current === connection) {
        current = null;
        since = now();
      }
      if (closed) return;
      reason = why;
      told.onDown(why);
      // A successor on its way will do; only its own end counts now.
      if (successor !== null) return;
      if (readyAt !== null && performance.now() - readyAt > stableMs) attempt = 0;
      retryLater();
    };
    const connection: BellConnection = connect({
      groups,
      onReady() {
        clearTimeout(patience);
        readyAt = performance.now();
        if (current === null) since = now();
        current?.close();
        [current, successor, additions] = [connection, null, 0];
        clearTimeout(rebuild);
        rebuild = later(() => void beat(ended.signal).then(renew), rebuildEveryMs * (0.9 + random() * 0.2));
        return told.onUp();
      },
      onAdded: (groupIds) => told.onAdded(groupIds),
      onGroup(posted) {
        lastRingAt = now();
        return told.onGroup(posted);
      },
      onWelcome() {
        lastRingAt = now();
        return told.onWelcome();
      },
      onDown: lost,
    });
    successor = connection;
    const patience = later(() => {
      connection.close();
      lost('the subscriptions were not confirmed in time');
    }, readyWithinMs);
  };

  const add = (groups: readonly TopicCursor[]) => {
    if (closed || groups.length === 0) return;
    onAdd();
    additions += 1;
    if (additions > maxAdditions && successor === null) open();
    current?.add(groups);
    successor?.add(groups);
  };

  return {
    isEnabled: connect !== null,
    start(events) {
      if (connect === null) return;
      [told, started] = [events, true];
      open();
    },
    isUp: () => current !== null,
    facts: () => ({ up: current !== null, lastRingAt, since, reason: current === null ? reason : null }),
    listen: (groupIds) => {
      if (started && !closed) void options.cursors(groupIds).then(add, () => told.onMissed());
    },
    close() {
      closed = true;
      ended.abort();
      clearTimeout(retry);
      clearTimeout(rebuild);
      successor?.close();
      current?.close();
      [current, successor] = [null, null];
    },
  };
}
