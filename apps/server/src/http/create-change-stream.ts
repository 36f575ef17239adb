import { setTimeout as delay } from 'node:timers/promises';

/** One listener for changes. */
export interface ChangeStreamOptions {
  /** What is the case now. Cheap and local. */
  look: () => unknown;
  /** Ends the stream. */
  signal: AbortSignal;
  /** Between two looks, milliseconds. @default 500 */
  everyMs?: number | undefined;
  /** A comment line after so many looks that showed nothing new. @default 30 */
  quietLooks?: number | undefined;
  onEnd?: (() => void) | undefined;
}

/** Server-sent events with what is the case, at once and whenever it has changed. The listener pulls: one event is in memory. */
export function createChangeStream(options: ChangeStreamOptions): ReadableStream<Uint8Array> {
  const { look, everyMs = 500, quietLooks = 30, onEnd } = options;
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const signal = AbortSignal.any([options.signal, ended.signal]);
  let last: string | null = null;
  const end = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    onEnd?.();
  };
  const next = async (): Promise<string | null> => {
    for (let looks = 0; !signal.aborted; looks += 1) {
      const text = JSON.stringify(look());
      if (text !== last) {
        const first = last === null;
        last = text;
        return `${first ? 'retry: 1000\n' : ''}event: change\ndata: ${text}\n\n`;
      }
      if (looks === quietLooks) return ': still here\n\n';
      await delay(everyMs, undefined, { signal }).catch(() => {});
    }
    return null;
  };
  // One that aborts while nobody pulls must give its place back as well.
  signal.addEventListener('abort', end, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const text = await next();
        if (text === null) {
          end();
          controller.close();
        } else controller.enqueue(encoder.encode(text));
      },
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}
