import { encodeOutbound, type SendRequest } from '@xmtp-messaging/xmtp-core';
import { contentTypeIds, type OutboundContent, parseOutbound } from '@xmtp-messaging/xmtp-core/content';
import { quoteInput } from '@xmtp-messaging/errors';
import { AgentError } from '../errors.ts';
import { checkContent } from './check-content.ts';
import { checkText } from './check-text.ts';
import type { Scrub } from './create-scrub.ts';

/** What is to be said: words, or content of another type. */
export interface Saying {
  /** Words; either this or `content`. */
  text?: string | undefined;
  /** Short name or full id. Of words: text or markdown. @default 'text' */
  contentType?: string | undefined;
  /** What `contentType` says: see `outboundSchemas` of `@xmtp-messaging/xmtp-core/content`. */
  content?: unknown;
}

/** The same, checked and scrubbed, as the mailbox sends it. */
export interface Prepared {
  say: Pick<SendRequest, 'text' | 'contentType' | 'content'>;
  /** Whether it may stand in a reply: what refers to a message by itself may not. */
  isReplyable: boolean;
  /** What was taken out, by kind. */
  scrubbed: string[];
}

const unreplyable: ReadonlySet<string> = new Set(['reply', 'reaction', 'readReceipt', 'intent']);

/** @throws AgentError MESSAGE_EMPTY, MESSAGE_TOO_LARGE, INVALID_REQUEST, CONTENT_UNSAFE */
export function prepareContent({ text, contentType, content }: Saying, scrub: Scrub): Prepared {
  if ((text === undefined) === (content === undefined)) throw invalid(['either words or content must be given']);
  if (text !== undefined) return prepareWords(text, contentType, scrub);
  if (contentType === undefined) throw invalid(['contentType must say what the content is']);
  const parsed = parseOutbound({ type: contentType, content });
  if (!parsed.ok) {
    throw invalid(parsed.issues.slice(0, 5).map(({ path, message }) => `${quoteInput(path.join('/'))}: ${message}`));
  }
  return prepareOutbound(parsed.value, scrub);
}

/** The same for content that is known to be of its type. */
export function prepareOutbound(outbound: OutboundContent, scrub: Scrub): Prepared {
  if (outbound.type === 'text') return prepareWords(outbound.content.text, 'text', scrub);
  if (outbound.type === 'markdown') {
    return prepareWords(outbound.content.markdown, 'markdown', scrub);
  }
  const { content, scrubbed } = checkContent(outbound, scrub);
  return { say: { content: encodeOutbound(content) }, isReplyable: !unreplyable.has(content.type), scrubbed };
}

/** @throws AgentError INVALID_REQUEST: `replyTo` is given for what cannot stand in a reply */
export function requireReplyable(replyTo: string | undefined, isReplyable: boolean): void {
  if (replyTo !== undefined && !isReplyable) throw invalid(['this type names its message in its content']);
}

function prepareWords(words: string, type: string = 'text', scrub: Scrub): Prepared {
  const isMarkdown = type === 'markdown' || type === contentTypeIds.markdown;
  if (!isMarkdown && type !== 'text' && type !== contentTypeIds.text) {
    throw invalid(['words are text or markdown; other types take their content under "content"']);
  }
  const { text, scrubbed } = checkText(words, scrub);
  return { say: { text, contentType: isMarkdown ? 'markdown' : 'text' }, isReplyable: true, scrubbed };
}

function invalid(problems: readonly string[]): AgentError {
  return new AgentError({ code: 'INVALID_REQUEST', metaMessages: [...problems] });
}
