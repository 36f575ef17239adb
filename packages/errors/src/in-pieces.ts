/** Work that yields where others may have their turn; what it returns is its result. */
export type Pieces<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. @throws what the work throws */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * Does it piece by piece, with a pause after each.
 * @param pause Lets others work, such as `setImmediate` of node:timers/promises; what it throws ends the work.
 * @throws what the work or the pause throws
 */
export async function inPieces<T>(work: Pieces<T>, pause: () => Promise<unknown>): Promise<T> {
  try {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      await pause();
    }
  } finally {
    work.return(undefined as T);
  }
}

/** `items` in groups of `size`, the last one smaller. */
export function* chunksOf<T>(items: Iterable<T>, size: number): Generator<T[], void, undefined> {
  let chunk: T[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
