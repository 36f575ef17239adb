import { toBinary } from '@bufbuild/protobuf';
import {
  IdentifierKind,
  type IdentityUpdate,
  IdentityUpdateSchema,
} from '../gen/xmtp/identity/associations/association_pb.ts';
import { unknownError } from '../grpc-error.ts';
import { applyUpdate, verifyUpdate } from '../identity/apply-update.ts';
import type { ContractWallets } from '../identity/create-contract-wallets.ts';
import { diffMembers } from '../identity/diff-members.ts';
import type { Member } from '../identity/member.ts';
import type { Identifier } from '../store/create-identity-log.ts';
import type { Store } from '../store/create-store.ts';

/** Updates that one inbox may ever make; adds and revocations both count. */
export const maxIdentityUpdates = 256;

/**
 * Checks an update against all that its inbox did before, and stores it. Returns its sequence id.
 * @param envelope The ClientEnvelope that it came in, if it did.
 * @throws GrpcError
 */
export type PublishUpdate = (update: IdentityUpdate, envelope: Uint8Array | null) => Promise<bigint>;

export function createPublishUpdate(options: { store: Store; contractWallets: ContractWallets }): PublishUpdate {
  const { store, contractWallets } = options;
  return async (update, envelope) => {
    const actions = await verifyUpdate(update, contractWallets);
    return store.transaction(() => {
      const state = store.identityLog.state(update.inboxId);
      if (store.identityLog.count(update.inboxId) >= maxIdentityUpdates) {
        unknownError('inbox log is full');
      }
      const next = applyUpdate(state, update, actions);
      const { added, removed } = diffMembers(state, next);
      return store.identityLog.append({
        inboxId: update.inboxId,
        data: toBinary(IdentityUpdateSchema, update),
        state: next,
        added: added.flatMap(toIdentifier),
        removed: removed.flatMap(toIdentifier),
        envelope,
      });
    });
  };
}

/** Installations are members too, but nobody looks them up. */
function toIdentifier({ kind, text }: Member): Identifier[] {
  if (kind === 'installation') return [];
  return [{ value: text, kind: kind === 'passkey' ? IdentifierKind.PASSKEY : IdentifierKind.ETHEREUM }];
}
