import { once } from 'node:events';
import { connect, createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { callUnary } from '../src/grpc/call-unary.ts';
import { bytesField, encodeFrame } from '../src/grpc/wire.ts';

/** What a node does to questions for envelopes and to its answers. */
export interface Lies {
  /** Answers from the beginning, whatever the question says was seen. */
  forgets?: boolean;
  /** Answers as if nothing had been put in order by these originators. */
  withholds?: readonly number[];
  /** Says of every envelope that it depends on nothing. */
  unties?: boolean;
  /** Says everything twice. */
  repeats?: boolean;
}

/** A gateway that names itself as its only node, before an honest one. Calls that are no streams alone. */
export async function startLyingNode(honest: { gatewayUrl: string; nodeUrl: string }) {
  const [gateway, node] = [connect(honest.gatewayUrl), connect(honest.nodeUrl)];
  const server = createServer();
  let lies: Lies = {};
  let url = '';
  let told = 0;
  const answer = async (path: string, question: Buffer): Promise<Buffer> => {
    const isPayer = path.includes('PayerApi');
    const asked =
      path.endsWith('/QueryEnvelopes') && lies.forgets === true ? change(question, [1, 3], () => null) : question;
    const said = await callUnary(isPayer ? gateway : node, path, asked, { timeoutMs: 10_000 });
    if (path.endsWith('/GetNodes')) return change(said, [1, 2], () => Buffer.from(url));
    if (!path.endsWith('/QueryEnvelopes')) return said;
    told += 1;
    return bend(said, lies);
  };
  const serve = async (stream: ServerHttp2Stream, path: string) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    const question = Buffer.concat(chunks).subarray(5);
    const said = await answer(path, question).catch(() => null);
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': said === null ? '14' : '0' }));
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.end(said === null ? undefined : encodeFrame(said));
  };
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    serve(stream, headers[':path'] ?? '').catch(() => stream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    for (const session of [gateway, node]) session.destroy();
    server.close();
  });
  return { url, lie: (next: Lies) => void (lies = next), told: () => told };
}

/** `QueryEnvelopesResponse`: envelopes (1), each unsigned (1) of originator (1) and payer's (4), client's (1), aad (1), depends_on (3). */
function bend(said: Buffer, { withholds = [], unties = false, repeats = false }: Lies): Buffer {
  const originatorOf = (envelope: Buffer) => {
    let originator = 0;
    change(envelope, [1], (unsigned) => {
      originator = fields(unsigned).find(({ number }) => number === 1)?.value ?? 0;
      return unsigned;
    });
    return originator;
  };
  const kept = change(said, [1], (envelope) => (withholds.includes(originatorOf(envelope)) ? null : envelope));
  const untied = unties ? change(kept, [1, 1, 4, 1, 1, 3], () => null) : kept;
  return repeats ? Buffer.concat([untied, untied]) : untied;
}

/** A message with what `to` makes of the fields at `path`; `null` takes one out. */
function change(message: Buffer, path: readonly number[], to: (found: Buffer) => Uint8Array | null): Buffer {
  const [head, ...rest] = path;
  return Buffer.concat(
    fields(message).map(({ number, raw, bytes }) => {
      if (number !== head || bytes === null) return raw;
      const made = rest.length > 0 ? change(bytes, rest, to) : to(bytes);
      return made === null ? Buffer.alloc(0) : bytesField(number, made);
    }),
  );
}

interface Field {
  number: number;
  raw: Buffer;
  bytes: Buffer | null;
  value: number;
}

function fields(message: Buffer): Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at]!;
      at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const [number, kind] = [Math.floor(tag / 8), tag % 8];
    const value = kind === 0 || kind === 2 ? varint() : 0;
    const length = kind === 2 ? value : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    const bytes = kind === 2 ? message.subarray(at, at + length) : null;
    at += length;
    found.push({ number, raw: message.subarray(start, at), bytes, value });
  }
  return found;
}
