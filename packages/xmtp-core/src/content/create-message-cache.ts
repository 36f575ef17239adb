import type { InboundRecord } from '../types.ts';
import type { DecodedContent } from './decode-message.ts';

/** Keeps the content of what was accepted last, in memory only, so that delivery need not read it again. */
export interface MessageCache {
  /** Whether a message is decoded as soon as it is admitted: others wait for a whole page of these. */
  isFor(message: Pick<InboundRecord, 'contentType' | 'contentBytes'>): boolean;
  get(id: string): DecodedContent | undefined;
  set(id: string, content: DecodedContent): void;
  delete: (id: string) => void;
}

const smallBytes = 16_384;

export function createMessageCache(maxCharacters = 4_000_000): MessageCache {
  const entries = new Map<string, DecodedContent>();
  let characters = 0;
  const cost = (content: DecodedContent) => 256 + (content.text?.length ?? 0);
  const remove = (id: string) => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    characters -= cost(entry);
  };
  return {
    isFor: ({ contentType, contentBytes }) => contentBytes <= smallBytes && !contentType.includes('/reply:'),
    get: (id) => entries.get(id),
    set(id, content) {
      remove(id);
      entries.set(id, content);
      characters += cost(content);
      for (const oldest of entries.keys()) {
        if (characters <= maxCharacters) break;
        remove(oldest);
      }
    },
    delete: remove,
  };
}
