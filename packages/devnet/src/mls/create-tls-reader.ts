/** Reads TLS presentation language as MLS uses it (RFC 9420 section 2). Every method throws on bytes that end too early. */
export interface TlsReader {
  uint8(): number;
  uint16(): number;
  uint32(): number;
  uint64(): bigint;
  /** A vector with a variable-size length (RFC 9420 section 2.1.2). */
  vector(): Uint8Array;
  /** Bytes consumed so far. */
  offset(): number;
  /** Throws when bytes are left over. */
  end(): void;
}

export function createTlsReader(bytes: Uint8Array): TlsReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  const advance = (size: number): number => {
    const start = position;
    if (size > bytes.length - start) throw new RangeError(`${size} bytes expected at offset ${start}`);
    position += size;
    return start;
  };
  const length = (): number => {
    const sizes = [1, 2, 4] as const;
    const start = advance(1);
    const prefix = view.getUint8(start) >> 6;
    const size = sizes[prefix];
    if (size === undefined) throw new RangeError(`invalid vector length at offset ${start}`);
    advance(size - 1);
    const value =
      size === 1
        ? view.getUint8(start)
        : size === 2
          ? view.getUint16(start) & 0x3fff
          : view.getUint32(start) & 0x3fffffff;
    // The shortest encoding is the only valid one.
    if ((size === 2 && value < 0x40) || (size === 4 && value < 0x4000)) {
      throw new RangeError(`vector length at offset ${start} is not minimal`);
    }
    return value;
  };
  return {
    uint8: () => view.getUint8(advance(1)),
    uint16: () => view.getUint16(advance(2)),
    uint32: () => view.getUint32(advance(4)),
    uint64: () => view.getBigUint64(advance(8)),
    vector() {
      const size = length();
      const start = advance(size);
      return bytes.subarray(start, start + size);
    },
    offset: () => position,
    end() {
      if (position !== bytes.length) throw new RangeError(`${bytes.length - position} bytes left over`);
    },
  };
}
