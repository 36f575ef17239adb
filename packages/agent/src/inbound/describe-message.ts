import type { OutboundMessage } from '@xmtp-messaging/xmtp-core';
import { describeChange, isGroupChange } from './describe-change.ts';

/** What is said of a message. */
export type DescribedMessage = Pick<OutboundMessage, 'type' | 'content' | 'fallback' | 'text' | 'gone'>;

/** Keys and bytes: of no use to a reader, and keys must not stand in a prompt. */
const unread = new Set(['secret', 'salt', 'nonce']);

/**
 * What a message says, as one text, for the body of its block: its words, or else its facts, one to a line. Host and
 * stranger stand side by side in it, so all of it belongs behind the gutter.
 * @param maxCharacters About how much of it is made; there may be more. @default all
 */
export function describeMessage(message: DescribedMessage, maxCharacters = Infinity): string {
  const { type, content, fallback, text, gone } = message;
  if (gone === 'deleted') return 'This message was taken back. What it said is not shown any more.';
  if (gone === 'expired') return 'This message has disappeared, as its sender had set.';
  if (text !== null) return text;
  if (isGroupChange(content)) return describeChange(content);
  const lines: string[] = [];
  let left = maxCharacters;
  const say = (line: string) => {
    lines.push(line);
    left -= line.length;
  };
  const hasBytes = content !== null && 'contentLength' in content && !('url' in content);
  const walk = (path: string, value: unknown): void => {
    if (left <= 0 || value === undefined || value === null) return;
    if (typeof value !== 'object') return say(`${path}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
    for (const [key, each] of Object.entries(value)) {
      const isBytes = key === 'content' && typeof each === 'string' && Object.hasOwn(value, 'contentLength');
      if (left > 0 && !unread.has(key) && !isBytes) walk(path === '' ? key : `${path}.${key}`, each);
    }
  };
  const name = type === 'unknown' || type === 'invalid' ? `${type} type` : type;
  say(content === null ? `${name}, which could not be read` : name);
  if (fallback !== null && (content === null || hasBytes)) say(`fallback: ${fallback}`);
  walk('', content);
  return lines.join('\n');
}
