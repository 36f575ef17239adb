/** Pieces that are put together at once. */
const batchLength = 4_096;

/** Puts a text together. */
export interface Writer {
  add(piece: string): void;
  /** All that was added, in order. To be asked once, at the end. */
  text(): string;
}

/**
 * For a text of millions of small pieces. `+=` keeps each of them until the whole is read, and the collector carries them all
 * along; here a batch becomes one string, and its pieces die young.
 *
 * @param separator Stands between two pieces.
 */
export function createWriter(separator: string): Writer {
  const whole: string[] = [];
  let batch: string[] = [];
  const close = () => {
    whole.push(batch.join(separator));
    batch = [];
  };
  return {
    add(piece) {
      if (batch.push(piece) === batchLength) close();
    },
    text() {
      if (batch.length > 0) close();
      return whole.join(separator);
    },
  };
}
