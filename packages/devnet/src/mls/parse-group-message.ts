import { createTlsReader, type TlsReader } from './create-tls-reader.ts';

/** What the network may know of a group message; the rest is for the members. */
export interface ParsedGroupMessage {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly contentType: 'application' | 'proposal' | 'commit';
}

const mls10 = 1;
const contentTypes = { 1: 'application', 2: 'proposal', 3: 'commit' } as const;

/**
 * Parses an MLSMessage that carries a PrivateMessage or a PublicMessage (RFC 9420 section 6).
 * A PublicMessage is read up to its content type; what follows is left to the members.
 * @throws RangeError when the bytes are not such a message.
 */
export function parseGroupMessage(data: Uint8Array): ParsedGroupMessage {
  const reader = createTlsReader(data);
  const version = reader.uint16();
  if (version !== mls10) throw new RangeError(`unknown MLS version ${version}`);
  const wireFormat = reader.uint16();
  const message = wireFormat === 2 ? readPrivate(reader) : wireFormat === 1 ? readPublic(reader) : null;
  if (message === null) throw new RangeError(`wire format ${wireFormat} is not a group message`);
  if (message.groupId.length === 0) throw new RangeError('group id is empty');
  return message;
}

function readPrivate(reader: TlsReader): ParsedGroupMessage {
  const message = { groupId: reader.vector(), epoch: reader.uint64(), contentType: readContentType(reader) };
  reader.vector(); // authenticated_data
  reader.vector(); // encrypted_sender_data
  reader.vector(); // ciphertext
  reader.end();
  return message;
}

function readPublic(reader: TlsReader): ParsedGroupMessage {
  const groupId = reader.vector();
  const epoch = reader.uint64();
  const senderType = reader.uint8();
  // member and external name a leaf or a sender; new_member_proposal and new_member_commit name nobody.
  if (senderType === 1 || senderType === 2) reader.uint32();
  else if (senderType !== 3 && senderType !== 4) throw new RangeError(`unknown sender type ${senderType}`);
  reader.vector(); // authenticated_data
  return { groupId, epoch, contentType: readContentType(reader) };
}

function readContentType(reader: TlsReader): ParsedGroupMessage['contentType'] {
  const value = reader.uint8();
  const contentType = contentTypes[value as keyof typeof contentTypes];
  if (contentType === undefined) throw new RangeError(`unknown content type ${value}`);
  return contentType;
}
