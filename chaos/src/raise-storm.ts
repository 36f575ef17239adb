import { setTimeout as delay } from 'node:timers/promises';

/** One thing that goes wrong, and how it ends. */
export interface Trouble {
  name: string;
  /** Starts it; the returned function ends it. */
  begin(): Promise<() => Promise<void>>;
}

/** How hard it blows. */
export interface StormOptions {
  troubles: readonly Trouble[];
  random: () => number;
  /** Longest calm before the next trouble, milliseconds. @default 1_200 */
  calmMs?: number | undefined;
  /** Longest life of a trouble, milliseconds. @default 1_500 */
  lastsMs?: number | undefined;
  /** Ends the storm; troubles that still last are ended before `raiseStorm` resolves. */
  signal: AbortSignal;
  onTrouble: (name: string) => void;
}

/** Lets troubles overlap, drawn at random, until `signal` fires or one cannot begin or end.
 * Resolves when all of them have ended. */
export async function raiseStorm(options: StormOptions): Promise<void> {
  const { troubles, random, calmMs = 1_200, lastsMs = 1_500, signal, onTrouble } = options;
  const running = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const pause = (ms: number) => delay(ms, undefined, { signal }).catch(() => {});
  while (!signal.aborted && failures.length === 0) {
    await pause(random() * calmMs);
    const trouble = troubles[Math.floor(random() * troubles.length)]!;
    const life = random() * lastsMs;
    if (signal.aborted || running.has(trouble.name)) continue;
    onTrouble(trouble.name);
    const run = async () => {
      const end = await trouble.begin();
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
