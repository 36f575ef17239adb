import { quoteInput } from '@xmtp-messaging/errors';
import { codingsOf, findDecoder } from './find-decoder.ts';
import type { Problem } from './problem.ts';

/**
 * Undoes `Content-Encoding`. At most `maxBytes` come out, and no more than that is ever made.
 * @returns the bytes, or what is wrong with them
 */
export async function decodeBody(
  body: Uint8Array,
  header: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | Problem> {
  const encodings = codingsOf(header);
  const [encoding, ...more] = encodings;
  if (encoding === undefined || body.length === 0) return body;
  const decode = more.length === 0 ? findDecoder(encoding) : null;
  if (decode === null) {
    return {
      status: 415,
      code: 'UNSUPPORTED_ENCODING',
      detail: `The body has the content encoding ${quoteInput(encodings.join(', '))}, which this server does not read.`,
      hint: 'Send it plain, or once encoded with gzip, deflate, br or zstd.',
      headers: { 'accept-encoding': 'gzip, deflate, br, zstd' },
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
