import type { OutboundContent } from '@xmtp-messaging/xmtp-core/content';
import { AgentError } from '../errors.ts';
import type { Scrub } from './create-scrub.ts';

/** Parts that are words for people: what may not be said is taken out of them. All others stay as they are, or refuse the send. */
const words: ReadonlySet<string> = new Set([
  'text',
  'markdown',
  'description',
  'label',
  'fallback',
  'filename',
  'transactionType',
  'currency',
]);
/** Parts that are bytes, in base64. */
const bytes: ReadonlySet<string> = new Set(['secret', 'salt', 'nonce']);

/**
 * Holds every string of typed content against the outbound guard: the keys of objects and the bytes of files as well.
 * @throws AgentError CONTENT_UNSAFE: something that may not leave stands where it cannot be taken out
 */
export function checkContent<Content extends OutboundContent>(
  content: Content,
  scrub: Scrub,
): { content: Content; scrubbed: string[] } {
  const scrubbed = new Set<string>();
  const refuse = (found: readonly string[], path: readonly string[]) => {
    if (found.length === 0) return;
    throw new AgentError({
      code: 'CONTENT_UNSAFE',
      metaMessages: [`Found in ${path.join('/') || 'the content'}: ${found.join(', ')}.`],
    });
  };
  const clean = (text: string, path: readonly string[]) => {
    const found = scrub(text);
    for (const one of found.scrubbed) scrubbed.add(one);
    if (found.text.trim() === '' && text.trim() !== '') refuse(found.scrubbed, path);
    return found.text;
  };
  const string = (text: string, key: string, path: readonly string[], type: string): string => {
    const isBytes = bytes.has(key) || (key === 'content' && type !== 'reaction');
    if (isBytes) {
      refuse(findInBytes(Buffer.from(text, 'base64'), scrub), path);
      return text;
    }
    if (words.has(key) || (key === 'content' && type === 'reaction') || path.includes('metadata'))
      return clean(text, path);
    refuse(scrub.find(text), path);
    return text;
  };
  const walk = (value: unknown, key: string, path: readonly string[], type: string): unknown => {
    if (typeof value === 'string') return string(value, key, path, type);
    if (Array.isArray(value)) return value.map((part, index) => walk(part, key, [...path, String(index)], type));
    if (typeof value !== 'object' || value === null) return value;
    const nested = 'type' in value && 'content' in value && typeof value.type === 'string' ? value.type : type;
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => {
        refuse(scrub.find(name), path);
        return [name, walk(part, name, [...path, name], nested)];
      }),
    );
  };
  return { content: walk(content, '', [], content.type) as Content, scrubbed: [...scrubbed] };
}

/** Files of text are held against everything; of others, exact secrets as bytes and in all their encodings. */
export function findInBytes(file: Uint8Array, scrub: Scrub): string[] {
  const buffer = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const text = asText(buffer);
  const found = text === null ? scrub.find(buffer.toString('latin1')) : scrub(text).scrubbed;
  return [...new Set([...found, ...scrub.find(buffer.toString('hex'))])];
}

function asText(buffer: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(buffer);
  } catch {
    return null;
  }
}
