import { randomBytes } from 'node:crypto';

/** A vector with its length in front, as MLS writes it; for less than 16 KiB. */
function vector(bytes: Uint8Array): Buffer {
  const length =
    bytes.length < 0x40 ? Buffer.of(bytes.length) : Buffer.of((bytes.length >> 8) | 0x40, bytes.length & 0xff);
  return Buffer.concat([length, bytes]);
}

const contentTypes = { application: 1, proposal: 2, commit: 3 };

/** A group message that a network accepts; what it carries is noise, as it is to every network. */
export function createGroupMessage(
  groupId: Uint8Array,
  contentType: keyof typeof contentTypes = 'application',
): Buffer {
  const header = Buffer.from([0, 1, 0, 2]);
  const epoch = Buffer.alloc(8);
  return Buffer.concat([
    header,
    vector(groupId),
    epoch,
    Buffer.of(contentTypes[contentType]),
    vector(Buffer.alloc(0)),
    vector(randomBytes(16)),
    vector(randomBytes(80)),
  ]);
}
