import { charactersOf, type DecodedContent } from './decode-message.ts';

/** Keeps the content of what was accepted last, in memory only, so that delivery need not read it again. */
export interface MessageCache {
  get(id: string): DecodedContent | undefined;
  set(id: string, content: DecodedContent): void;
  delete: (id: string) => void;
}

export function createMessageCache(maxCharacters = 4_000_000): MessageCache {
  const entries = new Map<string, DecodedContent>();
  let characters = 0;
  const cost = (content: DecodedContent) => 256 + charactersOf(content);
  const remove = (id: string) => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entries.delete(id);
    characters -= cost(entry);
  };
  return {
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
