/** Tells when the cutover has come. */
export interface CutoverWatch {
  /** From now on this time counts, in milliseconds since the epoch; `undefined` is never. */
  set(cutoverMs: number | undefined): void;
  stop(): void;
}

/** The clock may be set while nobody looks; so it is looked at this often, in milliseconds. The reference node takes 5 s. */
const lookEveryMs = 1_000;

export function watchCutover({ now, onDue }: { now: () => number; onDue: () => void }): CutoverWatch {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const look = (cutoverMs: number) => {
    const left = cutoverMs - now();
    if (left <= 0) onDue();
    else timer = setTimeout(() => look(cutoverMs), Math.min(left, lookEveryMs)).unref();
  };
  return {
    set(cutoverMs) {
      stop();
      if (cutoverMs !== undefined) look(cutoverMs);
    },
    stop,
  };
}
