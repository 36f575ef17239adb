/**
 * Whether an `MLSMessage` (RFC 9420 section 6) is a `PrivateMessage` that carries data of an application and not a change of the
 * group: its content type is not encrypted. `false` for whatever is malformed.
 */
export function isApplicationMessage(data: Uint8Array): boolean {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // version, wire_format, group_id<V>, epoch, content_type
  if (bytes.length < 5 || bytes.readUInt16BE(0) !== 1 || bytes.readUInt16BE(2) !== 2) return false;
  const lengthBytes = 1 << (bytes[4]! >> 6);
  if (lengthBytes > 4 || bytes.length < 4 + lengthBytes) return false;
  const length = bytes.readUIntBE(4, lengthBytes) - (bytes[4]! >> 6) * 2 ** (8 * lengthBytes - 2);
  return bytes[4 + lengthBytes + length + 8] === 1;
}
