import { type Field, fieldsOf } from '../grpc/wire.ts';

/** More than any honest content has; a megabyte of empty fields is not walked to its end. */
export const maxFields = 4_096;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A protobuf message, field by field. What is asked for and has another kind counts as absent. */
export interface Fields {
  text(number: number): string | undefined;
  bytes(number: number): Uint8Array | undefined;
  number(number: number): number | undefined;
  all(number: number): Uint8Array[];
}

/** @throws RangeError when there are too many, or the last one is cut off. TypeError when a text is no UTF-8. */
export function readFields(message: Uint8Array): Fields {
  const fields: Field[] = [];
  for (const field of fieldsOf(Buffer.from(message.buffer, message.byteOffset, message.length))) {
    if (field.isCut === true || fields.length >= maxFields) throw new RangeError('not a small message');
    fields.push(field);
  }
  // The last one wins, as protobuf has it.
  const last = (number: number) => fields.findLast((field) => field.number === number);
  const bytes = (number: number) => last(number)?.bytes;
  return {
    bytes,
    text(number) {
      const found = bytes(number);
      return found === undefined ? undefined : utf8.decode(found);
    },
    number(number) {
      const found = last(number)?.varint;
      return found === undefined ? undefined : Number(found);
    },
    all: (number) => fields.flatMap((field) => (field.number === number && field.bytes ? [field.bytes] : [])),
  };
}
