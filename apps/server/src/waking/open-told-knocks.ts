import { join } from 'node:path';
import type { AgentHome } from '@xmtp-messaging/agent';
import type { Knock } from '@xmtp-messaging/xmtp-core';
import { readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

/** Which knocks the operator was told of, and how many messages they had then. */
export interface ToldKnocks {
  isNews(knock: Knock): boolean;
  /** Keeps it for the next process as well. Never throws: without it, the operator is told again. */
  keep(knocks: readonly Knock[]): Promise<void>;
}

const max = 1000;
const content = z.array(z.tuple([z.string().max(200), z.int()])).max(max);
const keyOf = ({ kind, senderInboxId, conversationId }: Knock) => `${kind} ${senderInboxId ?? conversationId ?? ''}`;
const sizeOf = ({ kind, count, groups }: Knock) => (kind === 'message' ? count : groups);

/**
 * In `knocks.json` of the home. The first time, what is there is taken as told: it may be a thousand.
 * @param known What is there now
 */
export async function openToldKnocks(
  home: Pick<AgentHome, 'path' | 'place'>,
  known: () => Promise<readonly Knock[]>,
  onFailure: (error: unknown) => void,
): Promise<ToldKnocks> {
  const path = join(home.path, 'knocks.json');
  const told = new LRUCache<string, number>({ max });
  const keep = async (knocks: readonly Knock[]) => {
    for (const knock of knocks) told.set(keyOf(knock), sizeOf(knock));
    const { place } = home;
    await writeDurably(path, `${JSON.stringify([...told.rentries()])}\n`, { place }).catch(onFailure);
  };
  try {
    const file = readPrivateFileSync(path, { maxBytes: 1_000_000 });
    if (file === null) await keep(await known());
    else for (const [key, size] of content.parse(JSON.parse(file.bytes.toString('utf8')))) told.set(key, size);
  } catch (error) {
    onFailure(error);
  }
  return { isNews: (knock) => sizeOf(knock) > (told.get(keyOf(knock)) ?? -1), keep };
}
