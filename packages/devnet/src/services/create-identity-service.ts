import { fromBinary, toBinary } from '@bufbuild/protobuf';
import * as Hex from 'ox/Hex';
import type { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import { IdentifierKind, IdentityUpdateSchema } from '../gen/xmtp/identity/associations/association_pb.ts';
import { GrpcError, invalidArgument } from '../grpc-error.ts';
import { applyUpdate, verifyUpdate } from '../identity/apply-update.ts';
import { diffMembers } from '../identity/diff-members.ts';
import type { ContractWallets } from '../identity/create-contract-wallets.ts';
import type { Member } from '../identity/member.ts';
import type { Store } from '../store/create-store.ts';
import type { Identifier } from '../store/create-identity-log.ts';
import type { ServiceHandlers } from './service-types.ts';

/** Updates that one inbox may ever make; adds and revocations both count. */
export const maxIdentityUpdates = 256;

const hashBytes = 32;

export interface IdentityServiceOptions {
  readonly store: Store;
  readonly contractWallets: ContractWallets;
}

/** The identity log: who may speak for which inbox. */
export function createIdentityService(options: IdentityServiceOptions): ServiceHandlers<typeof IdentityApi> {
  const { store, contractWallets } = options;
  return {
    async publishIdentityUpdate({ identityUpdate: update }) {
      if (update === undefined) return invalidArgument('IdentityUpdate is required');
      const actions = await verifyUpdate(update, contractWallets);
      store.transaction(() => {
        const state = store.identityLog.state(update.inboxId);
        if (store.identityLog.count(update.inboxId) >= maxIdentityUpdates) {
          throw new GrpcError('RESOURCE_EXHAUSTED', 'inbox log is full');
        }
        const next = applyUpdate(state, update, actions);
        const { added, removed } = diffMembers(state, next);
        store.identityLog.append({
          inboxId: update.inboxId,
          data: toBinary(IdentityUpdateSchema, update),
          state: next,
          added: added.flatMap(toIdentifier),
          removed: removed.flatMap(toIdentifier),
        });
      });
      return {};
    },
    getIdentityUpdates: ({ requests }) => ({
      responses: requests.map(({ inboxId, sequenceId }) => ({
        inboxId,
        updates: store.identityLog.updates(inboxId, sequenceId).map((row) => ({
          sequenceId: row.id,
          serverTimestampNs: row.created_ns,
          update: fromBinary(IdentityUpdateSchema, row.data),
        })),
      })),
    }),
    getInboxIds: ({ requests }) => ({
      responses: requests.map(({ identifier, identifierKind }) => {
        const kind = identifierKind === IdentifierKind.PASSKEY ? IdentifierKind.PASSKEY : IdentifierKind.ETHEREUM;
        const inboxId = store.identityLog.inboxOf({ value: identifier, kind });
        return { identifier, identifierKind, ...(inboxId === null ? {} : { inboxId }) };
      }),
    }),
    async verifySmartContractWalletSignatures({ signatures }) {
      const responses = signatures.map(async ({ accountId, hash, signature, blockNumber }) => {
        if (hash.length !== hashBytes) return { isValid: false, error: 'a hash has 32 bytes' };
        try {
          const { valid, blockNumber: block } = await contractWallets.verify({
            accountId,
            hash: Hex.fromBytes(hash),
            signature,
            blockNumber: blockNumber ?? null,
          });
          return { isValid: valid, blockNumber: block };
        } catch (error) {
          if (error instanceof GrpcError) return { isValid: false, error: error.shortMessage };
          throw error;
        }
      });
      return { responses: await Promise.all(responses) };
    },
  };
}

/** Installations are members too, but nobody looks them up. */
function toIdentifier({ kind, text }: Member): Identifier[] {
  if (kind === 'installation') return [];
  return [{ value: text, kind: kind === 'passkey' ? IdentifierKind.PASSKEY : IdentifierKind.ETHEREUM }];
}
