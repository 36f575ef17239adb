import { bytesField, varintField } from '../grpc/wire.ts';
import type { StoredContent } from '../sdk/conversation.ts';

/** `xmtp.mls.message_contents.EncodedContent`: type (1), parameters (2), fallback (3), content (4), compression (5). */
export function serializeContent({ type, parameters, fallback, content, compression }: StoredContent): Uint8Array {
  const string = (field: number, value: string) => bytesField(field, Buffer.from(value));
  // Zero is what is absent.
  const number = (field: number, value: number) => (value === 0 ? new Uint8Array() : varintField(field, BigInt(value)));
  const parts: Uint8Array[] = [];
  if (type !== undefined) {
    const { authorityId, typeId, versionMajor, versionMinor } = type;
    const numbers = [number(3, versionMajor), number(4, versionMinor)];
    parts.push(bytesField(1, Buffer.concat([string(1, authorityId), string(2, typeId), ...numbers])));
  }
  for (const [key, value] of Object.entries(parameters)) {
    parts.push(bytesField(2, Buffer.concat([string(1, key), string(2, value)])));
  }
  if (fallback !== undefined) parts.push(string(3, fallback));
  parts.push(bytesField(4, content));
  if (compression !== undefined) parts.push(varintField(5, BigInt(compression)));
  return Buffer.concat(parts);
}
