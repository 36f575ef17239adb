import { codingsOf, findDecoder } from '../http/find-decoder.ts';
import { DeliveryError } from './delivery-error.ts';

/** A body as it came, and the headers that say what it is. */
export interface EncodedBody {
  bytes: Buffer;
  /** `Content-Encoding`. */
  encoding: string | undefined;
  /** `Content-Type`; its `charset` counts. */
  type: string | undefined;
  /** Of the text and of each step before it, bytes. */
  maxBytes: number;
}

const maxCodings = 3;

/**
 * The text of a body: its codings undone, decoded by its byte order mark, else by its charset, else as UTF-8.
 * @throws DeliveryError ANSWER_UNREADABLE, ANSWER_TOO_LARGE
 */
export async function decodeAnswer({ bytes, encoding, type, maxBytes }: EncodedBody): Promise<string> {
  const steps = codingsOf(encoding);
  // Compressed, and silent about it: these two bytes begin no text.
  if (steps.length === 0 && isGzip(bytes)) steps.push('gzip');
  if (steps.length > maxCodings) throw unreadable('has too many content encodings');
  let plain = bytes;
  for (const step of steps.toReversed()) {
    const decode = findDecoder(step);
    if (decode === null) throw unreadable('has a content encoding that is not known here');
    // Proxies that inflate it leave the header standing.
    const isPlain = plain.length < 2 || (step.endsWith('gzip') && !isGzip(plain));
    if (!isPlain) plain = await decode(plain, { maxOutputLength: maxBytes }).catch(explain(step, maxBytes));
  }
  return decodeText(plain, charsetOf(type));
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function explain(coding: string, maxBytes: number) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw unreadable(`is damaged: it is not ${coding}`);
  };
}

function charsetOf(type: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/iu.exec(type ?? '')?.[1];
}

function decodeText(bytes: Buffer, charset: string | undefined): string {
  let label = charset ?? 'utf-8';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) label = 'utf-8';
  else if (bytes[0] === 0xff && bytes[1] === 0xfe) label = 'utf-16le';
  else if (bytes[0] === 0xfe && bytes[1] === 0xff) label = 'utf-16be';
  // Without a mark, the first character tells the order: it is ASCII in JSON, and nearly always in text.
  else if (/^utf-?16$/iu.test(label) && bytes[0] === 0) label = 'utf-16be';
  const decoder = createDecoder(label);
  try {
    return decoder.decode(bytes);
  } catch {
    throw unreadable(
      charset === undefined ? 'is not UTF-8 and names no charset' : 'is not in the charset that it names',
    );
  }
}

function createDecoder(label: string) {
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    throw unreadable('has a charset that is not known here');
  }
}

export function tooLarge(maxBytes: number): DeliveryError {
  return new DeliveryError({
    code: 'ANSWER_TOO_LARGE',
    shortMessage: `The agent answered with more than ${maxBytes} bytes.`,
  });
}

function unreadable(why: string): DeliveryError {
  return new DeliveryError({ code: 'ANSWER_UNREADABLE', shortMessage: `The answer of the agent ${why}.` });
}
