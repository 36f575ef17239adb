import type { Toxic, ToxicType } from './toxic-schema.ts';

/** Bytes under way, and when they came. */
export interface Piece {
  readonly data: Buffer;
  /** Milliseconds of a steady clock. */
  readonly at: number;
}

/** What a toxic may do to the connection it sits on. */
export interface ToxicLink {
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Waits, until the toxics change at most. `Infinity` is until they do. */
  readonly sleep: (ms: number) => Promise<void>;
  /** No bytes after these. */
  readonly close: () => void;
  /** As if the peer had crashed: both ends get a reset. */
  readonly reset: () => void;
  /** Bytes that this toxic has let through here. */
  readonly counted: (toxic: Toxic, add: number) => number;
}

type Effect = (piece: Piece, toxic: Toxic, link: ToxicLink) => AsyncGenerator<Piece, void, undefined>;

/** What each toxic does to a piece: it yields what goes on. */
export const toxicEffects: Readonly<Record<ToxicType, Effect>> = {
  noop: passOn,
  // Closing is not a piece: whoever reads the link asks for this delay.
  slow_close: passOn,
  async *latency(piece, { attributes: { latency = 0, jitter = 0 } }, link) {
    const wanted = latency + (jitter > 0 ? Math.floor(link.random() * jitter * 2) - jitter : 0);
    const left = wanted - (link.now() - piece.at);
    if (left > 0) await link.sleep(left);
    yield { ...piece, at: piece.at + left };
  },
  async *bandwidth({ data, at }, { attributes: { rate = 0 } }, link) {
    if (rate <= 0) await link.sleep(Infinity);
    else {
      const slice = rate * 100;
      for (; data.length > slice; data = data.subarray(slice)) {
        await link.sleep(100);
        yield { data: data.subarray(0, slice), at };
      }
      await link.sleep(data.length / rate);
    }
    yield { data, at };
  },
  async *slicer({ data, at }, { attributes }, link) {
    const { average_size: average = 0, size_variation: variation = 0, delay = 0 } = attributes;
    while (data.length > 0) {
      const size = Math.max(1, average + Math.floor((link.random() * 2 - 1) * variation));
      yield { data: data.subarray(0, size), at };
      data = data.subarray(size);
      if (data.length > 0 && delay > 0) await link.sleep(delay / 1_000);
    }
  },
  async *limit_data({ data, at }, toxic, link) {
    const left = Math.max(0, (toxic.attributes['bytes'] ?? 0) - link.counted(toxic, 0));
    const passed = data.subarray(0, left);
    link.counted(toxic, passed.length);
    if (passed.length > 0) yield { data: passed, at };
    if (passed.length === left) link.close();
  },
  // Swallowed; whoever reads the link closes it when it has been silent for so long.
  timeout: swallow,
  async *reset_peer(_piece, { attributes: { timeout = 0 } }, link) {
    await link.sleep(timeout);
    link.reset();
    yield* swallow();
  },
};

async function* passOn(piece: Piece): AsyncGenerator<Piece, void, undefined> {
  yield piece;
}

/* oxlint-disable-next-line require-yield -- a generator of nothing */
async function* swallow(): AsyncGenerator<Piece, void, undefined> {}
