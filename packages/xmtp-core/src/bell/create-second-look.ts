import { pause } from '../util/pause.ts';

/** Asks again for what was announced and not there. @param look Whether it brought something. */
export type SecondLook = (key: string, look: () => Promise<boolean>) => void;

const delaysMs = [300, 1_000, 3_000, 9_000];

/**
 * Behind a gateway the node that rings and the one that is read may be two, and the second behind the first. What is not there yet is
 * looked for a few times, ever later; for what does not come by then there is reconcile.
 */
export function createSecondLook({ signal, random }: { signal: AbortSignal; random: () => number }): SecondLook {
  /** Looks since the last ring, by key. */
  const looking = new Map<string, number>();
  const run = async (key: string, look: () => Promise<boolean>) => {
    for (let done = 0; done < delaysMs.length; done = looking.get(key)!) {
      await pause(delaysMs[done]! * (0.5 + random() / 2), signal);
      if (signal.aborted || (await look().catch(() => false))) break;
      looking.set(key, looking.get(key)! + 1);
    }
    looking.delete(key);
  };
  return (key, look) => {
    const isRunning = looking.has(key);
    looking.set(key, 0);
    if (!isRunning) void run(key, look);
  };
}
