import { maxPageSize, type Page, toRowId } from '../store/paging.ts';
import type { TopicHub } from './create-topic-hub.ts';

/** One topic to follow: everything after `cursor`. */
export interface TopicFilter {
  readonly topic: Uint8Array;
  readonly cursor: bigint;
}

export interface SubscribeOptions<Row extends { readonly id: bigint }> {
  readonly filters: readonly TopicFilter[];
  readonly hub: TopicHub;
  readonly readPage: (topic: Uint8Array, page: Page) => Row[];
  readonly signal: AbortSignal;
}

/**
 * History after each cursor, then what arrives, in id order per topic, each row once.
 * Every row is read from the store after the topic's own cursor, so there is no seam between history and live.
 */
export async function* subscribe<Row extends { readonly id: bigint }>(
  options: SubscribeOptions<Row>,
): AsyncGenerator<Row, void, undefined> {
  const { filters, hub, readPage, signal } = options;
  const topics = new Map<string, { topic: Uint8Array; cursor: bigint }>();
  for (const { topic, cursor } of filters) topics.set(toTopicName(topic), { topic, cursor: toRowId(cursor) });
  const pending = new Set(topics.keys());
  let wakeUp: (() => void) | null = null;
  const wake = (name: string) => {
    pending.add(name);
    wakeUp?.();
  };
  const onAbort = () => wakeUp?.();
  const unsubscribe = hub.subscribe([...topics.keys()], wake);
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      for (const name of pending) {
        pending.delete(name);
        const followed = topics.get(name)!;
        const rows = readPage(followed.topic, { descending: false, limit: maxPageSize, cursor: followed.cursor });
        if (rows.length === maxPageSize) pending.add(name);
        for (const row of rows) {
          if (signal.aborted) return;
          followed.cursor = row.id;
          yield row;
        }
      }
      if (pending.size === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
        wakeUp = null;
      }
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onAbort);
  }
}

/** The name under which the hub knows a topic. */
export function toTopicName(topic: Uint8Array): string {
  return Buffer.from(topic.buffer, topic.byteOffset, topic.byteLength).toString('hex');
}
