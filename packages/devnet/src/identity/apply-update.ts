import type { IdentityAction, IdentityUpdate } from '../gen/xmtp/identity/associations/association_pb.ts';
import type { Signature } from '../gen/xmtp/identity/associations/signature_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import { applyAction, type VerifiedAction } from './apply-action.ts';
import type { AssociationState } from './diff-members.ts';
import type { ContractWallets } from './create-contract-wallets.ts';
import { toSignatureText } from './to-signature-text.ts';
import { verifySignature } from './verify-signature.ts';

/** Checks every signature of an update; this needs nothing but the update (and the chains of contract wallets). */
export async function verifyUpdate(
  update: IdentityUpdate,
  contractWallets: ContractWallets,
): Promise<readonly VerifiedAction[]> {
  if (update.actions.length === 0) return invalidArgument('an identity update without actions changes nothing');
  const text = toSignatureText(update);
  const verified: VerifiedAction[] = [];
  for (const action of update.actions) {
    const signatures = toSignatures(action).map((signature) => verifySignature({ text, signature, contractWallets }));
    verified.push({ action, signatures: await Promise.all(signatures) });
  }
  return verified;
}

/** Applies a checked update to the state of its inbox, as a whole or not at all. */
export function applyUpdate(
  state: AssociationState | null,
  update: IdentityUpdate,
  actions: readonly VerifiedAction[],
): AssociationState {
  let next = state;
  for (const action of actions) next = applyAction(next, action);
  if (next === null) return invalidArgument('XID not yet created');
  if (next.inboxId !== update.inboxId) return invalidArgument('Wrong inbox_id specified on association');
  const seen = actions.flatMap(({ signatures }) => signatures.map(({ replayKey }) => replayKey));
  return { ...next, seen: [...new Set([...next.seen, ...seen])] };
}

function toSignatures({ kind }: IdentityAction): (Signature | undefined)[] {
  switch (kind.case) {
    case 'createInbox':
      return [kind.value.initialIdentifierSignature];
    case 'add':
      return [kind.value.existingMemberSignature, kind.value.newMemberSignature];
    case 'revoke':
      return [kind.value.recoveryIdentifierSignature];
    case 'changeRecoveryAddress':
      return [kind.value.existingRecoveryIdentifierSignature];
    case undefined:
      break;
  }
  return invalidArgument('an identity action is missing');
}
