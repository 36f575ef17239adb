import { IdentifierKind, type MemberIdentifier } from '../gen/xmtp/identity/associations/association_pb.ts';
import { invalidArgument } from '../grpc-error.ts';

/** A party that may speak for an inbox. */
export interface Member {
  readonly kind: 'ethereum' | 'installation' | 'passkey';
  /** Address in lower case with 0x, or the hex of a public key without; the words of the signature text. */
  readonly text: string;
}

const addressPattern = /^0x[0-9a-f]{40}$/;
const passkeyPattern = /^(?:[0-9a-f]{2})+$/;
const installationKeyBytes = 32;

/** One string per member, for maps. */
export function toMemberKey({ kind, text }: Member): string {
  return `${kind}:${text}`;
}

export function isSameMember(a: Member, b: Member): boolean {
  return a.kind === b.kind && a.text === b.text;
}

/** Reads an identifier that stands as a string beside its kind. */
export function toAccount(identifier: string, kind: IdentifierKind): Member {
  if (kind === IdentifierKind.PASSKEY) {
    if (!passkeyPattern.test(identifier))
      invalidArgument('a passkey identifier is the lower case hex of its public key');
    return { kind: 'passkey', text: identifier };
  }
  if (!addressPattern.test(identifier)) {
    invalidArgument('an Ethereum identifier is 0x and 40 lower case hexadecimal characters');
  }
  return { kind: 'ethereum', text: identifier };
}

/** Reads a member identifier; refuses one that names nobody. */
export function toMember(identifier: MemberIdentifier | undefined): Member {
  switch (identifier?.kind.case) {
    case 'ethereumAddress':
      return toAccount(identifier.kind.value, IdentifierKind.ETHEREUM);
    case 'installationPublicKey': {
      const key = identifier.kind.value;
      if (key.length !== installationKeyBytes) invalidArgument('an installation key has 32 bytes');
      return { kind: 'installation', text: toHex(key) };
    }
    case 'passkey':
      return toAccount(toHex(identifier.kind.value.key), IdentifierKind.PASSKEY);
    case undefined:
      break;
  }
  return invalidArgument('a member identifier is missing');
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
