import { promisify } from 'node:util';
// By its name, zstd would end a Node that has none before it is told that it is too old.
import * as zlib from 'node:zlib';

/** Undoes a content coding. Rejects with `ERR_BUFFER_TOO_LARGE` before more than `maxOutputLength` bytes are made. */
export type Decoder = (body: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const unzip: Decoder = promisify(zlib.gunzip);
const expand: Decoder = promisify(zlib.inflate);
const expandRaw: Decoder = promisify(zlib.inflateRaw);

const decoders: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', unzip],
  ['x-gzip', unzip],
  ['br', promisify(zlib.brotliDecompress)],
  ['zstd', promisify(zlib.zstdDecompress)],
  // The coding is zlib's format (RFC 9110 8.4.1.2), but some send the bare stream.
  ['deflate', (body, options) => (hasZlibHeader(body) ? expand(body, options) : expandRaw(body, options))],
]);

/** What undoes a coding of HTTP, by its name in lower case; `null` when it is not known here. */
export function findDecoder(coding: string): Decoder | null {
  return decoders.get(coding) ?? null;
}

/** The codings that `Content-Encoding` names, as they were applied: the last one is undone first. */
export function codingsOf(header: string | undefined): string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
}

/** RFC 1950, 2.2: method 8, and a check that makes the first two bytes a multiple of 31. */
const hasZlibHeader = ([first = 0, second = 0]: Uint8Array): boolean =>
  first % 16 === 8 && (first * 256 + second) % 31 === 0;
