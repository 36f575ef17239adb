import { randomBytes } from 'node:crypto';
import { connect, constants } from 'node:http2';

/** Publishes messages as fast as a client could that does no cryptography. */
export interface NetworkClient {
  /** One call of `SendGroupMessages`. Resolves when the network has accepted them. */
  publish(groupId: Buffer, count: number): Promise<void>;
  readonly close: () => void;
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(value >> 7)]);
/** A protobuf field of bytes. */
const field = (number: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
/** A vector of TLS with the shortest length that fits: RFC 9420 section 2.1.2. */
function vector(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  return Buffer.concat([Buffer.from(length < 64 ? [length] : [0x40 | (length >> 8), length & 0xff]), bytes]);
}

/** An MLSMessage with a PrivateMessage (RFC 9420 section 6) of the size that a short text has. Nobody could decrypt it. */
function groupMessage(groupId: Buffer): Buffer {
  const versionAndFormat = Buffer.from([0, 1, 0, 2]);
  const epochAndType = Buffer.from([0, 0, 0, 0, 0, 0, 0, 1, 1]);
  const parts = [versionAndFormat, vector(groupId), epochAndType, vector(Buffer.alloc(0))];
  return Buffer.concat([...parts, vector(randomBytes(36)), vector(randomBytes(400))]);
}

/** `SendGroupMessagesRequest` in a gRPC frame. */
function request(groupId: Buffer, count: number): Buffer {
  const messages = Array.from({ length: count }, () => {
    const content = Buffer.concat([field(1, groupMessage(groupId)), field(2, randomBytes(32))]);
    return field(1, field(1, content));
  });
  const body = Buffer.concat(messages);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

export function createNetworkClient(url: string): NetworkClient {
  const session = connect(url);
  return {
    publish: (groupId, count) =>
      new Promise((resolve, reject) => {
        const call = session.request({
          [constants.HTTP2_HEADER_METHOD]: 'POST',
          [constants.HTTP2_HEADER_PATH]: '/xmtp.mls.api.v1.MlsApi/SendGroupMessages',
          'content-type': 'application/grpc',
          te: 'trailers',
        });
        let status: unknown;
        const note = (headers: Record<string, unknown>) => {
          if (headers['grpc-status'] !== undefined) status = headers['grpc-status'];
        };
        call.on('response', note);
        call.on('trailers', note);
        call.on('error', reject);
        call.on('end', () =>
          status === '0' ? resolve() : reject(new Error(`the network answered ${String(status)}`)),
        );
        call.resume();
        call.end(request(groupId, count));
      }),
    close: () => session.destroy(),
  };
}
