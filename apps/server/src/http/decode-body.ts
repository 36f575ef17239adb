import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { quoteInput } from '@xmtp-messaging/errors';
import type { Problem } from './problem.ts';

const unzip = promisify(gunzip);
const unbrotli = promisify(brotliDecompress);
const expand = promisify(inflate);
const expandRaw = promisify(inflateRaw);

type Decode = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const decoders: Readonly<Record<string, Decode>> = {
  gzip: unzip,
  'x-gzip': unzip,
  br: unbrotli,
  // By the standard deflate has a zlib header; some clients leave it out.
  deflate: (body, options) => ((body[0] ?? 0) % 16 === 8 ? expand(body, options) : expandRaw(body, options)),
};

/**
 * Undoes `Content-Encoding`. At most `maxBytes` come out, and no more than that is ever made.
 * @returns the bytes, or what is wrong with them
 */
export async function decodeBody(
  body: Uint8Array,
  header: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | Problem> {
  const encodings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const [encoding, ...more] = encodings;
  if (encoding === undefined || body.length === 0) return body;
  const decode = more.length === 0 && Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (decode === undefined) {
    return {
      status: 415,
      code: 'UNSUPPORTED_ENCODING',
      detail: `The body has the content encoding ${quoteInput(encodings.join(', '))}, which this server does not read.`,
      hint: 'Send it plain, or once encoded with gzip, deflate or br.',
      headers: { 'accept-encoding': 'gzip, deflate, br' },
    };
  }
  try {
    return await decode(body, { maxOutputLength: maxBytes });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? { status: 413, code: 'BODY_TOO_LARGE', detail: `The body is over ${maxBytes} bytes when it is unpacked.` }
      : { status: 400, code: 'BAD_ENCODING', detail: `The body is not ${encoding}, as its Content-Encoding says.` };
  }
}
