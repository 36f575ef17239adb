import type { IdentityAction } from '../gen/xmtp/identity/associations/association_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import type { AssociationState } from './diff-members.ts';
import { toInboxId } from './to-inbox-id.ts';
import { isSameMember, type Member, toAccount, toMember, toMemberKey } from './member.ts';
import type { VerifiedSignature } from './verified-signature.ts';

/** One action and its checked signatures, in the order of `toSignatures`. */
export interface VerifiedAction {
  readonly action: IdentityAction;
  readonly signatures: readonly VerifiedSignature[];
}

/** What the members of an inbox are after one action. Refusals carry the words of the reference implementation. */
export function applyAction(state: AssociationState | null, { action, signatures }: VerifiedAction): AssociationState {
  const { kind } = action;
  const [first, second] = signatures;
  if (first === undefined) return invalidArgument('an identity action is missing');
  if (kind.case === 'createInbox') {
    const { initialIdentifier, initialIdentifierKind, nonce } = kind.value;
    return createInbox(state, toAccount(initialIdentifier, initialIdentifierKind), nonce, first);
  }
  if (state === null) return invalidArgument('XID not yet created');
  if (signatures.some(({ replayKey }) => state.seen.includes(replayKey))) invalidArgument('Replay detected');
  switch (kind.case) {
    case 'add':
      return addMember(state, toMember(kind.value.newMemberIdentifier), first, second!);
    case 'revoke':
      requireRecovery(state, first);
      return revokeMember(state, toMember(kind.value.memberToRevoke));
    case 'changeRecoveryAddress': {
      requireRecovery(state, first);
      const recovery = toAccount(kind.value.newRecoveryIdentifier, kind.value.newRecoveryIdentifierKind);
      return { ...state, recovery, recoveryChainId: state.members[toMemberKey(recovery)]?.chainId ?? null };
    }
    case undefined:
      break;
  }
  return invalidArgument('an identity action is missing');
}

function createInbox(
  state: AssociationState | null,
  owner: Member,
  nonce: bigint,
  { signer, chainId }: VerifiedSignature,
): AssociationState {
  if (state !== null) return invalidArgument('Multiple create operations detected');
  if (!isSameMember(signer, owner)) return invalidArgument('Missing existing member');
  return {
    inboxId: toInboxId(owner, nonce),
    recovery: owner,
    recoveryChainId: chainId,
    members: { [toMemberKey(owner)]: { ...owner, addedBy: null, chainId } },
    seen: [],
  };
}

function addMember(
  state: AssociationState,
  added: Member,
  existing: VerifiedSignature,
  own: VerifiedSignature,
): AssociationState {
  if (!isSameMember(own.signer, added)) {
    return invalidArgument('The new member identifier does not match the signer');
  }
  if (isSameMember(existing.signer, added)) return invalidArgument('Error creating association tried to add self');
  const adder = state.members[toMemberKey(existing.signer)];
  if (adder === undefined) requireRecovery(state, existing);
  else requireChain(adder.chainId, existing);
  if (existing.signer.kind === 'installation' && added.kind === 'installation') {
    return invalidArgument('Member of kind installation not allowed to add installation');
  }
  const current = state.members[toMemberKey(added)];
  if (current !== undefined) requireChain(current.chainId, own);
  const member = { ...added, addedBy: toMemberKey(existing.signer), chainId: own.chainId };
  return { ...state, members: { ...state.members, [toMemberKey(added)]: member } };
}

/** A member goes with the installations it added: they are as compromised as it is. */
function revokeMember(state: AssociationState, revoked: Member): AssociationState {
  const key = toMemberKey(revoked);
  const members = Object.entries(state.members).filter(
    ([own, member]) => own !== key && !(member.kind === 'installation' && member.addedBy === key),
  );
  return { ...state, members: Object.fromEntries(members) };
}

function requireRecovery(state: AssociationState, signature: VerifiedSignature): void {
  if (!isSameMember(signature.signer, state.recovery)) invalidArgument('Missing existing member');
  requireChain(state.recoveryChainId, signature);
}

/** The same address on another chain is another contract. */
function requireChain(chainId: number | null, signature: VerifiedSignature): void {
  if (chainId !== signature.chainId) invalidArgument('Chain id mismatch');
}
