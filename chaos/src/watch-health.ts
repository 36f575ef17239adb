import { setTimeout as delay } from 'node:timers/promises';

/** What is watched. */
export interface HealthOptions {
  /** Where `/healthz` is. */
  url: string;
  /** It answered something else than 200, or nothing in time. */
  onDeaf: (why: string) => void;
  signal: AbortSignal;
  /** @default 500 */
  everyMs?: number | undefined;
  /** @default 10_000 */
  limitMs?: number | undefined;
}

/** Asks a server again and again whether it lives, until `signal` fires. One that is not there, or dies meanwhile, is not deaf. */
export async function watchHealth(options: HealthOptions): Promise<void> {
  const { url, onDeaf, signal, everyMs = 500, limitMs = 10_000 } = options;
  while (!signal.aborted) {
    const limit = AbortSignal.timeout(limitMs);
    try {
      const response = await fetch(`${url}/healthz`, { signal: AbortSignal.any([signal, limit]) });
      const said = await response.text();
      // On its way out it answers everything so.
      if (response.status !== 200 && !said.includes('"SHUTTING_DOWN"')) onDeaf(`it answered ${response.status}`);
    } catch {
      if (limit.aborted && !signal.aborted) onDeaf(`no answer within ${limitMs} ms`);
    }
    await delay(everyMs, undefined, { signal }).catch(() => {});
  }
}
