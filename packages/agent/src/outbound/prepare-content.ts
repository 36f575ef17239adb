import { createHash } from 'node:crypto';
import { encodeOutbound, type Mailbox, type SendRequest } from '@xmtp-messaging/xmtp-core';
import { contentTypeIds, type OutboundContent, parseOutbound } from '@xmtp-messaging/xmtp-core/content';
import { quoteInput } from '@xmtp-messaging/errors';
import { AgentError } from '../errors.ts';
import { checkContent } from './check-content.ts';
import { checkText } from './check-text.ts';
import type { Scrub } from './create-scrub.ts';
import type { Uploads } from '../uploads/create-uploads.ts';
import { uploadFile } from '../uploads/upload-file.ts';

/** A file that is to be sent. */
export interface FileToSend {
  /** @default none */
  filename?: string | undefined;
  /** Told to whoever reads it, such as `image/png`. */
  mimeType: string;
  /** The file: bytes, or base64. */
  data: Uint8Array | string;
}

/** What is to be said: words, content of another type, or a file. One of them. */
export interface Saying {
  /** Words. */
  text?: string | undefined;
  /** Short name or full id. Of words: text or markdown. @default 'text' */
  contentType?: string | undefined;
  /** What `contentType` says: see `outboundSchemas` of `@xmtp-messaging/xmtp-core/content`. */
  content?: unknown;
  /** A file inside the message, at most about 1,000,000 bytes. */
  attachment?: FileToSend | undefined;
  /** A file that lies where the settings of uploads say, encrypted; the message has its URL and its keys. */
  remoteAttachment?: FileToSend | undefined;
}

/** What may be said, as the mailbox sends it. */
export type Said = Pick<SendRequest, 'text' | 'contentType' | 'content'>;

/** What a saying is checked against. */
export interface SayingRules {
  scrub: Scrub;
  /** Where files go; `null`: nowhere. */
  uploads: Uploads | null;
}

/** Something to say, checked and scrubbed. */
export interface Prepared {
  /**
   * As it goes to the mailbox under a key. A file is uploaded before; under a key that was used, it was already.
   * @throws AgentError CONTENT_UNSAFE, UPLOAD_FAILED
   */
  say: (options: {
    mailbox: Pick<Mailbox, 'encryptFile' | 'hasKey'>;
    key: string;
    signal?: AbortSignal | undefined;
  }) => Promise<Said>;
  /** The same again is the same text: what it says, without the bytes of a file that lies elsewhere. */
  same: string;
  /** Whether it may stand in a reply: what refers to a message by itself may not. */
  isReplyable: boolean;
  /** What was taken out, by kind. */
  scrubbed: string[];
}

const unreplyable: ReadonlySet<string> = new Set(['reply', 'reaction', 'readReceipt', 'intent']);

/**
 * @throws AgentError MESSAGE_EMPTY, MESSAGE_TOO_LARGE, INVALID_REQUEST, CONTENT_UNSAFE, UPLOAD_NOT_CONFIGURED,
 * ATTACHMENT_TOO_LARGE
 */
export function prepareContent(saying: Saying, rules: SayingRules): Prepared {
  const { text, contentType, content, attachment, remoteAttachment } = saying;
  if ([text, content, attachment, remoteAttachment].filter((part) => part !== undefined).length !== 1) {
    throw invalid(['give one of words, content, attachment and remoteAttachment']);
  }
  if (text !== undefined) {
    if (typeof text !== 'string') throw invalid(['words are text']);
    return prepareWords(text, contentType, rules.scrub);
  }
  if (content !== undefined) return prepareTyped(contentType, content, rules.scrub);
  if (contentType !== undefined) throw invalid(['a file has its type in mimeType']);
  if (remoteAttachment !== undefined) return prepareFile(requireFile(remoteAttachment), rules);
  const { data, ...file } = requireFile(attachment);
  const bytes = typeof data === 'string' ? data : Buffer.from(data).toString('base64');
  return prepareTyped('attachment', { ...file, content: bytes }, rules.scrub);
}

function prepareTyped(contentType: string | undefined, content: unknown, scrub: Scrub): Prepared {
  if (contentType === undefined) throw invalid(['contentType must say what the content is']);
  const outbound = parse(contentType, content);
  const same = JSON.stringify([contentType, content]);
  if (outbound.type === 'text') return { ...prepareWords(outbound.content.text, 'text', scrub), same };
  if (outbound.type === 'markdown') return { ...prepareWords(outbound.content.markdown, 'markdown', scrub), same };
  const { content: clean, scrubbed } = checkContent(outbound, scrub);
  const said = { content: encodeOutbound(clean) };
  return { say: () => Promise.resolve(said), same, isReplyable: !unreplyable.has(clean.type), scrubbed };
}

function requireFile(file: FileToSend | undefined): FileToSend {
  const data: unknown = file?.data;
  if (file && (typeof data === 'string' || data instanceof Uint8Array)) return file;
  throw invalid(['the data of a file is bytes, or base64']);
}

function prepareFile({ data, ...given }: FileToSend, { scrub, uploads }: SayingRules): Prepared {
  if (uploads === null) throw new AgentError({ code: 'UPLOAD_NOT_CONFIGURED' });
  const { maxBytes } = uploads;
  const bytes = typeof data === 'string' ? fromBase64(data) : data;
  if (bytes.length > maxBytes) {
    const next = ['Send a smaller one, or have the operator raise the limit of uploads.'];
    throw new AgentError({
      code: 'ATTACHMENT_TOO_LARGE',
      shortMessage: `The file is over ${maxBytes} bytes.`,
      metaMessages: next,
    });
  }
  const named = parse('attachment', { ...given, content: '' }) as Extract<OutboundContent, { type: 'attachment' }>;
  const { content, scrubbed } = checkContent(named, scrub);
  const { filename, mimeType } = content.content;
  const file = { ...(filename === undefined ? {} : { filename }), mimeType, bytes };
  const digest = createHash('sha256').update(bytes).digest('hex');
  return {
    say: async (options) => ({ content: encodeOutbound(await uploadFile(file, { ...options, scrub, uploads })) }),
    same: JSON.stringify(['remoteAttachment', filename, mimeType, digest]),
    isReplyable: true,
    scrubbed,
  };
}

function parse(type: string, content: unknown): OutboundContent {
  const parsed = parseOutbound({ type, content });
  if (parsed.ok) return parsed.value;
  throw invalid(parsed.issues.slice(0, 5).map(({ path, message }) => `${quoteInput(path.join('/'))}: ${message}`));
}

function fromBase64(data: string): Uint8Array {
  const bytes = Buffer.from(data, 'base64');
  if (bytes.toString('base64') !== data) throw invalid(['data must be base64']);
  return bytes;
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
  const said = { text, contentType: isMarkdown ? ('markdown' as const) : ('text' as const) };
  return { say: () => Promise.resolve(said), same: words, isReplyable: true, scrubbed };
}

function invalid(problems: readonly string[]): AgentError {
  return new AgentError({ code: 'INVALID_REQUEST', metaMessages: [...problems] });
}
