import { createSlots } from './create-slots.ts';

/** Work that is asked for again and again, by key. */
export interface Coalescer {
  /**
   * Runs `work`, never beside other work of the same key. Whoever asks for the same kind while it waits shares that run,
   * and one that asks while it is under way gets the next: it sees everything that the asker saw.
   */
  run(key: string, kind: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing runs or waits. */
  idle(): Promise<void>;
}

/** @param limit Keys that run side by side. */
export function createCoalescer(limit: number): Coalescer {
  const slots = createSlots(limit);
  /** For each key, what waits by kind; the key is there while anything of it runs or waits. */
  const keys = new Map<string, Map<string, Promise<void>>>();
  const tails = new Map<string, Promise<void>>();

  return {
    run(key, kind, work) {
      const waiting = keys.get(key) ?? new Map<string, Promise<void>>();
      keys.set(key, waiting);
      const shared = waiting.get(kind);
      if (shared !== undefined) return shared;
      const before = tails.get(key) ?? Promise.resolve();
      const turn = before.then(() =>
        slots.run(async () => {
          waiting.delete(kind);
          await work();
        }),
      );
      waiting.set(kind, turn);
      const forget = () => {
        if (tails.get(key) !== tail) return;
        tails.delete(key);
        keys.delete(key);
      };
      const tail: Promise<void> = turn.then(forget, forget);
      tails.set(key, tail);
      return turn;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
