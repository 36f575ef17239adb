import type { IdentityAction, IdentityUpdate } from '../gen/xmtp/identity/associations/association_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import { type Member, toAccount, toMember } from './member.ts';

const addLines = {
  installation: ['Grant messaging access to app', 'ID'],
  ethereum: ['Link address to inbox', 'Address'],
  passkey: ['Link passkey to inbox', 'Passkey'],
} as const;

const revokeLines = {
  installation: ['Revoke messaging access from app', 'ID'],
  ethereum: ['Unlink address from inbox', 'Address'],
  passkey: ['Unlink passkey from inbox', 'Passkey'],
} as const;

/**
 * The one text that every signature of an update signs. It is built from what the update does, never taken from it,
 * so nobody signs for actions he did not see.
 */
export function toSignatureText(update: IdentityUpdate): string {
  return [
    'XMTP : Authenticate to inbox',
    '',
    `Inbox ID: ${update.inboxId}`,
    `Current time: ${toTime(update.clientTimestampNs)}`,
    '',
    ...update.actions.map(toLines),
    '',
    'For more info: https://xmtp.org/signatures',
  ].join('\n');
}

function toLines({ kind }: IdentityAction): string {
  switch (kind.case) {
    case 'createInbox':
      return format('Create inbox', 'Owner', toAccount(kind.value.initialIdentifier, kind.value.initialIdentifierKind));
    case 'add': {
      const member = toMember(kind.value.newMemberIdentifier);
      const [line, label] = addLines[member.kind];
      return format(line, label, member);
    }
    case 'revoke': {
      const member = toMember(kind.value.memberToRevoke);
      const [line, label] = revokeLines[member.kind];
      return format(line, label, member);
    }
    case 'changeRecoveryAddress': {
      const { newRecoveryIdentifier, newRecoveryIdentifierKind } = kind.value;
      return format(
        'Change inbox recovery address',
        'Address',
        toAccount(newRecoveryIdentifier, newRecoveryIdentifierKind),
      );
    }
    case undefined:
      break;
  }
  return invalidArgument('an identity action is missing');
}

function format(line: string, label: string, { text }: Member): string {
  return `- ${line}\n  (${label}: ${text})`;
}

/** Nanoseconds, read as a signed number, in RFC 3339 without a fraction. */
function toTime(unsigned: bigint): string {
  const nanoseconds = BigInt.asIntN(64, unsigned);
  const remainder = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (nanoseconds - remainder) / 1_000_000_000n;
  return new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', 'Z');
}
