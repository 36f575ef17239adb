import { type Optional, withDefaults } from '@xmtp-messaging/errors';
import { textLimits, type TextLimits, type WrappedMessage } from '@xmtp-messaging/inbound-guard';
import type { HistoryMessage } from '@xmtp-messaging/xmtp-core';
import { type DescribedMessage, describeMessage } from './describe-message.ts';
import { linesBetween } from './lines-between.ts';

/** Some lines of a message, behind the same boundary as all of its words. */
export interface TextPage {
  /** Of the message. */
  id: string;
  /** The first line of this page, from 1. A line of more than 1,000 characters counts as several. */
  from: number;
  /** How many there are in it. */
  lines: number;
  /** Of the whole message. */
  totalLines: number;
  /** The first line of the next page; `null` when this is the last. */
  next: number | null;
  /** The block; `null` when its sender is denied by now. */
  text: string | null;
}

/**
 * Shows some lines of a message, beginning with line `from` (default 1), at most `lines` of them (default what a block holds); fewer when
 * they are long.
 */
export type TextPages<Message = HistoryMessage> = (
  message: Message,
  request?: { from?: number | undefined; lines?: number | undefined },
) => TextPage;

/** Reads the whole of a long message, block by block. */
export function createTextPages<Message extends DescribedMessage & { messageId: string }>(options: {
  /** The headers of the message's own block. */
  wrap: (message: Message, text: string) => WrappedMessage | null;
  /** What else is known of what it says. @default nothing */
  prepare?: ((message: Message) => DescribedMessage) | undefined;
  limits?: Optional<TextLimits> | undefined;
}): TextPages<Message> {
  const { prepare = (message) => message } = options;
  const { maxBytes, maxLines } = withDefaults(textLimits, options.limits);
  // What the guard adds to a line, escapes above all, must not make it cut the page.
  const pageBytes = Math.floor(maxBytes / 2);
  return (message, { from = 1, lines: asked = maxLines } = {}) => {
    const start = Math.max(1, from);
    const wanted = Math.min(Math.max(1, asked), maxLines);
    const { lines, total } = linesBetween(describeMessage(prepare(message)), start, start + wanted - 1);
    const page: string[] = [];
    let bytes = 0;
    for (const line of lines) {
      bytes += Buffer.byteLength(line) + 1;
      if (page.length > 0 && bytes > pageBytes) break;
      page.push(line);
    }
    const next = start + page.length;
    return {
      id: message.messageId,
      from: start,
      lines: page.length,
      totalLines: total,
      next: next > total ? null : next,
      text: options.wrap(message, page.join('\n'))?.text ?? null,
    };
  };
}
