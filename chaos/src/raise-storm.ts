import { setTimeout as delay } from 'node:timers/promises';
import { createDeck } from './create-deck.ts';

/** One thing that goes wrong, and how it ends. */
export interface Trouble {
  /** No two of one name run at once. */
  name: string;
  /** Starts it; the returned function ends it. */
  begin(): Promise<() => Promise<void>>;
}

/** How hard it blows. */
export interface StormOptions<T extends Trouble> {
  troubles: readonly T[];
  random: () => number;
  /** Longest calm before the next trouble, milliseconds. @default 1_200 */
  calmMs?: number | undefined;
  /** Longest life of a trouble, milliseconds. @default 1_500 */
  lastsMs?: number | undefined;
  /** Ends the storm; troubles that still last are ended before `raiseStorm` resolves. */
  signal: AbortSignal;
  /** It has begun. */
  onTrouble: (trouble: T) => void;
}

/**
 * Lets troubles overlap, drawn at random and each once before any comes again, until `signal` fires or one cannot begin or
 * end. Resolves when all of them have ended.
 */
export async function raiseStorm<T extends Trouble>(options: StormOptions<T>): Promise<void> {
  const { troubles, random, calmMs = 1_200, lastsMs = 1_500, signal, onTrouble } = options;
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const deck = createDeck(troubles, random);
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted && failures.length === 0 && troubles.length > 0) {
    await pause(random() * calmMs);
    if (signal.aborted) break;
    const trouble = deck.next();
    const life = random() * lastsMs;
    if (running.has(trouble.name)) continue;
    const run = async () => {
      const end = await trouble.begin();
      onTrouble(trouble);
      await pause(life);
      await end();
    };
    running.set(
      trouble.name,
      run()
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(trouble.name)),
    );
  }
  await Promise.all(running.values());
  if (failures.length > 0) throw failures[0];
}
