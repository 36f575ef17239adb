import { renderBody } from '@xmtp-messaging/inbound-guard';
import type { MessageContent } from '@xmtp-messaging/xmtp-core/content';
import { fitContent } from './fit-content.ts';

/** How much of it is shown, and what else must not stand in it. */
export interface ShowDataOptions {
  /** Bytes of all strings together. */
  maxBytes: number;
  modelTokens: readonly string[];
}

/** What a message says, as data. */
export interface MessageData {
  /** Short name of its type; its full id when it has none. */
  type: string;
  content: MessageContent | null;
  fallback: string | null;
}

/** What every value costs beside its bytes, so that many small ones are bounded as well. */
const valueBytes = 8;
/** What is words: a part of it is of use. Half of a URL, a hash or an address is another one. */
const words: ReadonlySet<string> = new Set(['text', 'markdown', 'fallback']);

/**
 * A copy of what a stranger sent, in which every string and every key went through the rules for text: no hidden
 * characters, no controls, no tokens of a model. What is too much is left out, from the end: words are cut, all else goes
 * whole. What is left is content of its type, or `null`.
 */
export function showData(
  message: MessageData,
  options: ShowDataOptions,
): Omit<MessageData, 'type'> & { truncated: boolean } {
  const { maxBytes, modelTokens } = options;
  let left = maxBytes;
  let truncated = false;
  /** `undefined` when it is too much to be shown whole. */
  const text = (value: string, mayBeCut: boolean): string | undefined => {
    if (left <= 0) {
      truncated ||= value !== '';
      return mayBeCut || value === '' ? '' : undefined;
    }
    const shown = renderBody(value, { maxBytes: left, maxLines: Infinity, modelTokens });
    truncated ||= shown.truncated;
    left -= shown.text.length;
    return shown.truncated && !mayBeCut ? undefined : shown.text;
  };
  const walk = (value: unknown, name: string): unknown => {
    left -= valueBytes;
    if (typeof value === 'string') return text(value, words.has(name));
    if (typeof value !== 'object' || value === null) return value;
    const entries: [string, unknown][] = [];
    for (const [key, each] of Object.entries(value)) {
      if (left <= 0) {
        truncated = true;
        break;
      }
      const isBytes = key === 'content' && typeof each === 'string' && Object.hasOwn(value, 'contentLength');
      if (isBytes && each.length > left) {
        truncated = true;
        continue;
      }
      const shownKey = Array.isArray(value) ? key : text(key, false);
      const shown = walk(each, key);
      if (shownKey !== undefined && shown !== undefined) entries.push([shownKey, shown]);
    }
    return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  };
  const content = message.content === null ? null : (walk(message.content, 'content') as MessageContent);
  const fallback = message.fallback === null ? null : (walk(message.fallback, 'fallback') as string) || null;
  const fitting = content === null ? null : fitContent(message.type, content);
  truncated ||= fitting === null && content !== null;
  return { content: fitting, fallback: fallback ?? (message.fallback === '' ? '' : null), truncated };
}
