import { type AttachmentPart, decompress, decryptAttachment, type Mailbox } from '@xmtp-messaging/xmtp-core';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { AgentError } from '../errors.ts';
import { detectMime } from './detect-mime.ts';
import { attachmentTooLarge, createDownloader, type Downloader } from './create-downloader.ts';
import { safeFilename } from './safe-filename.ts';

/** When files that lie elsewhere are fetched: not at all, when somebody asks, or, for what is named like an image, at once. */
export type FetchPolicy = 'never' | 'on-request' | 'images';

/** How files are fetched. */
export interface AttachmentsOptions {
  /** @default 'on-request' */
  fetch?: FetchPolicy | undefined;
  /** Largest file, encrypted or not, bytes. @default 25_000_000 */
  maxBytes?: number | undefined;
  /** For one file, milliseconds. @default 60_000 */
  timeoutMs?: number | undefined;
  /** Fetch from private networks and this machine too, over http there. @default false: the public internet by https */
  allowPrivate?: boolean | undefined;
  /** @default one by these rules */
  downloader?: Downloader | undefined;
}

/** A file, checked and in the clear. Its bytes and its name are still a stranger's. */
export interface Attachment {
  /** The whole file. */
  bytes: Uint8Array;
  /** By its content. */
  mimeType: string;
  /** One harmless name; `null` when there is none. */
  filename: string | null;
  /** Whether its sender called it something else than it is. */
  isMislabelled: boolean;
}

/** The files of accepted messages. */
export interface Attachments {
  /** Whether anything is fetched before somebody asks. */
  readonly isAhead: boolean;
  /**
   * The `index`th file, from 0, of the message `messageId`.
   * @throws AgentError ATTACHMENT_NOT_FOUND, ATTACHMENT_REFUSED, ATTACHMENT_UNREACHABLE, ATTACHMENT_TOO_LARGE,
   * ATTACHMENT_BROKEN
   */
  get(
    source: Pick<Mailbox, 'inbox'>,
    asked: { messageId: string; index: number; signal: AbortSignal },
  ): Promise<Attachment>;
  /** Fetches what the policy wants ahead, into memory. */
  prefetch(source: Pick<Mailbox, 'inbox'>, messageId: string): Promise<void>;
  /** Breaks off what is being fetched. */
  close: () => void;
}

/** Files that are being fetched at once; what waits is bounded by who may ask. */
const concurrency = 2;
/** Of what was fetched ahead, bytes. In memory only: the home holds no text of others, and no files of theirs. */
const maxKept = 64_000_000;
const maxAhead = 100;

export function createAttachments(options: AttachmentsOptions = {}): Attachments {
  const { fetch = 'on-request', maxBytes = 25_000_000, timeoutMs = 60_000, allowPrivate = false } = options;
  const downloader = options.downloader ?? createDownloader(allowPrivate ? { allowPrivate } : { publicOnly: true });
  const turns = new PQueue({ concurrency });
  const closing = new AbortController();
  const kept = new LRUCache<string, Attachment>({ maxSize: maxKept, sizeCalculation: ({ bytes }) => bytes.length + 1 });

  const open = async (part: AttachmentPart, signal: AbortSignal): Promise<Attachment> => {
    if (part.kind === 'inline') return await describe(part.bytes, part);
    if ((part.contentLength ?? 0) > maxBytes) throw attachmentTooLarge(maxBytes);
    const until = AbortSignal.any([signal, closing.signal]);
    const payload = await turns.add(() => downloader.download(part.url, { maxBytes, timeoutMs, signal: until }), {
      signal: until,
    });
    const decrypted = decryptAttachment(payload, part);
    if (!decrypted.ok) throw broken(decrypted.problem);
    const { type, parameters } = decrypted.content;
    if (type?.authorityId !== 'xmtp.org' || type.typeId !== 'attachment') throw broken('content');
    const { filename = null, mimeType = null } = parameters;
    return await describe(inflated(decrypted.content, maxBytes), { filename: filename ?? part.filename, mimeType });
  };

  return {
    isAhead: fetch === 'images',
    async get({ inbox }, { messageId, index, signal }) {
      // Of what was taken back, or has disappeared, there is none, whoever keeps a copy.
      const part = inbox.attachments(messageId)?.[index];
      if (part === undefined) throw new AgentError({ code: 'ATTACHMENT_NOT_FOUND' });
      const ahead = kept.get(`${messageId} ${index}`);
      if (ahead !== undefined) return ahead;
      if (part.kind === 'remote' && fetch === 'never') {
        throw new AgentError({ code: 'ATTACHMENT_REFUSED', shortMessage: 'Files that lie elsewhere are not fetched.' });
      }
      return await open(part, signal);
    },
    async prefetch({ inbox }, messageId) {
      if (fetch !== 'images' || turns.size >= maxAhead) return;
      for (const [index, part] of (inbox.attachments(messageId) ?? []).entries()) {
        if (part.kind !== 'remote' || !isNamedImage(part.filename)) continue;
        // Whoever asks for it later is told why it does not come.
        const file = await open(part, closing.signal).catch(() => null);
        if (file?.mimeType.startsWith('image/') === true) kept.set(`${messageId} ${index}`, file);
      }
    },
    close() {
      closing.abort(new AgentError({ code: 'SHUTTING_DOWN' }));
      downloader.close();
    },
  };
}

const isNamedImage = (name: string | null) => /\.(?:png|jpe?g|gif|webp|avif|heic|bmp|tiff?)$/iu.test(name ?? '');

async function describe(
  bytes: Uint8Array,
  claims: { filename: string | null; mimeType: string | null },
): Promise<Attachment> {
  const mimeType = await detectMime(bytes);
  const claimed = (claims.mimeType ?? '').split(';')[0]!.trim().toLowerCase();
  const isMislabelled = claimed !== '' && claimed !== mimeType && !isLooser(claimed, mimeType);
  return { bytes, mimeType, filename: safeFilename(claims.filename), isMislabelled };
}

/** Text and unrecognised bytes may be many things; what is recognised is one. */
function isLooser(claimed: string, found: string): boolean {
  if (claimed === 'application/octet-stream') return true;
  if (found === 'application/octet-stream') return !/^(?:image|audio|video|text)\//u.test(claimed);
  return found === 'text/plain' && /^text\/|[/+](?:json|xml|yaml|toml|javascript|x-sh|sql)$/u.test(claimed);
}

function inflated(content: Parameters<typeof decompress>[0], maxBytes: number): Uint8Array {
  try {
    return decompress(content, maxBytes);
  } catch (error) {
    const isLarger = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw isLarger ? attachmentTooLarge(maxBytes) : broken('content');
  }
}

function broken(problem: 'digest' | 'undecryptable' | 'content'): AgentError {
  const why = {
    digest: 'is not the one that the message names',
    undecryptable: 'cannot be decrypted with the keys in the message',
    content: 'holds no attachment',
  };
  return new AgentError({ code: 'ATTACHMENT_BROKEN', shortMessage: `The file ${why[problem]}.` });
}
