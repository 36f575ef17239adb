import { fieldsOf, findBytes, readVarintField } from '../grpc/wire.ts';
import type { StoredContent } from '../sdk/conversation.ts';
import { maxFields } from './read-fields.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads what `serializeContent` writes, as others wrote it; `null` when it is malformed. */
export function parseContent(bytes: Uint8Array): StoredContent | null {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
    const content: StoredContent = { parameters, content: new Uint8Array() };
    let fields = 0;
    for (const { number, bytes: value, isCut, varint } of fieldsOf(message)) {
      fields += 1;
      if (isCut === true || fields > maxFields) return null;
      if (number === 1 && value !== undefined) content.type = parseType(value);
      if (number === 2 && value !== undefined) parameters[textOf(value, 1)] = textOf(value, 2);
      if (number === 3 && value !== undefined) content.fallback = utf8.decode(value);
      if (number === 4 && value !== undefined) content.content = value;
      if (number === 5 && varint !== undefined) content.compression = Number(varint);
    }
    return content;
  } catch {
    return null;
  }
}

function parseType(value: Buffer): NonNullable<StoredContent['type']> {
  const version = (field: number) => Number(readVarintField(value, field) ?? 0n);
  return {
    authorityId: textOf(value, 1),
    typeId: textOf(value, 2),
    versionMajor: version(3),
    versionMinor: version(4),
  };
}

function textOf(value: Buffer, field: number): string {
  return utf8.decode(findBytes(value, field, false) ?? new Uint8Array());
}
