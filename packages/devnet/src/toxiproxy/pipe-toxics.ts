import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { timerMs } from '@xmtp-messaging/errors';
import { type Piece, toxicEffects, type ToxicLink } from './toxic-effects.ts';
import type { Toxic } from './toxic-schema.ts';

export interface PipeToxicsOptions {
  readonly source: Socket;
  readonly dest: Socket;
  /** In this order, those of this direction. */
  readonly toxics: () => readonly Toxic[];
  readonly random: () => number;
  /** Milliseconds of a steady clock. */
  readonly now: () => number;
}

/** One direction of a connection. */
export interface ToxicPipe {
  /** What waits for a toxic goes on at once, past those that are there now. */
  toxicsChanged(): void;
}

/** Bytes that wait for their toxics before the source is no longer read. */
const highWater = 1024 * 1024;

/** Carries what `source` sends to `dest` through the toxics. Both are closed when either side, or a toxic, is done. */
export function pipeToxics({ source, dest, toxics, random, now }: PipeToxicsOptions): ToxicPipe {
  const queue: Piece[] = [];
  const counts = new Map<string, number>();
  const draws = new WeakMap<Toxic, boolean>();
  let waiting = 0;
  const state = { ended: false, closed: false };
  let wake = () => {};
  let changed = Promise.withResolvers<void>();

  const rest = (ms: number, until: Promise<unknown>): Promise<unknown> => {
    if (ms === Infinity) return until;
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise((resolve) => {
      timer = setTimeout(resolve, timerMs(ms), 'passed');
    });
    return Promise.race([passed, until]).finally(() => clearTimeout(timer));
  };
  const link: ToxicLink = {
    now,
    random,
    sleep: async (ms) => void (await rest(ms, changed.promise)),
    close: () => void (state.closed = true),
    reset() {
      state.closed = true;
      for (const socket of [source, dest]) socket.resetAndDestroy();
    },
    counted(toxic, add) {
      const count = (counts.get(toxic.name) ?? 0) + add;
      counts.set(toxic.name, count);
      return count;
    },
  };
  /** Of all connections each toxic is drawn for its share. */
  const active = () =>
    toxics().filter((toxic) => {
      const drawn = draws.get(toxic) ?? random() < toxic.toxicity;
      draws.set(toxic, drawn);
      return drawn;
    });
  const attribute = (type: Toxic['type'], name: string) =>
    active()
      .filter((toxic) => toxic.type === type)
      .map(({ attributes }) => attributes[name] ?? 0)
      .filter((ms) => ms > 0);

  source.on('data', (data) => {
    queue.push({ data, at: now() });
    waiting += data.length;
    if (waiting > highWater) source.pause();
    wake();
  });
  for (const event of ['end', 'close'] as const) {
    source.on(event, () => {
      state.ended = true;
      wake();
    });
  }

  /** The next bytes; null when there are none any more. */
  const next = async (): Promise<Piece | null> => {
    while (queue.length === 0 && !state.ended) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const silence = Math.min(...attribute('timeout', 'timeout'), Infinity);
      if ((await rest(silence, Promise.race([woken, changed.promise]))) === 'passed') return null;
    }
    const piece = queue.shift();
    if (piece === undefined) return null;
    waiting -= piece.data.length;
    if (waiting <= highWater) source.resume();
    return piece;
  };

  async function* apply(piece: Piece, chain: readonly Toxic[]): AsyncGenerator<Buffer, void, undefined> {
    const [first, ...others] = chain;
    if (first === undefined) yield piece.data;
    else for await (const passed of toxicEffects[first.type](piece, first, link)) yield* apply(passed, others);
  }

  async function* pieces(): AsyncGenerator<Buffer, void, undefined> {
    for (let piece = await next(); piece !== null && !state.closed; piece = await next()) {
      yield* apply(piece, active());
      if (state.closed) return;
    }
    for (const ms of attribute('slow_close', 'delay')) await link.sleep(ms);
  }

  const finish = () => {
    source.destroy();
    dest.destroySoon();
  };
  // Whichever side went away: there is nobody to tell.
  pipeline(pieces, dest).then(finish, finish);
  return {
    toxicsChanged() {
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
  };
}
