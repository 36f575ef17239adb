import { fromBinary } from '@bufbuild/protobuf';
import * as Hex from 'ox/Hex';
import type { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import { IdentifierKind, IdentityUpdateSchema } from '../gen/xmtp/identity/associations/association_pb.ts';
import { GrpcError, invalidArgument } from '../grpc-error.ts';
import type { ContractWallets } from '../identity/create-contract-wallets.ts';
import type { Store } from '../store/create-store.ts';
import type { TopicHub } from './create-topic-hub.ts';
import type { PublishUpdate } from './create-publish-update.ts';
import type { ServiceHandlers } from './service-types.ts';

const hashBytes = 32;

export interface IdentityServiceOptions {
  readonly store: Store;
  readonly contractWallets: ContractWallets;
  readonly publishUpdate: PublishUpdate;
  /** Wakes those who follow an inbox. */
  readonly hub: TopicHub;
}

/** The identity log: who may speak for which inbox. */
export function createIdentityService(options: IdentityServiceOptions): ServiceHandlers<typeof IdentityApi> {
  const { store, contractWallets, publishUpdate, hub } = options;
  return {
    async publishIdentityUpdate({ identityUpdate: update }) {
      if (update === undefined) return invalidArgument('IdentityUpdate is required');
      await publishUpdate(update, null);
      hub.publish(update.inboxId);
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
    // The V3 node keeps wallets in the log of its addresses, and nothing else; nor does it name the kind in its answer.
    getInboxIds: ({ requests }) => ({
      responses: requests.map(({ identifier, identifierKind }) => {
        if (identifierKind === IdentifierKind.PASSKEY) return { identifier };
        const inboxId = store.identityLog.inboxOf({ value: identifier, kind: IdentifierKind.ETHEREUM });
        return inboxId === null ? { identifier } : { identifier, inboxId };
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

/** Who is asked for, and the inbox, where there is one. */
export function findInboxes(
  store: Store,
  requests: readonly { readonly identifier: string; readonly identifierKind: IdentifierKind }[],
): { identifier: string; identifierKind: IdentifierKind; inboxId?: string }[] {
  return requests.map(({ identifier, identifierKind }) => {
    const kind = identifierKind === IdentifierKind.PASSKEY ? IdentifierKind.PASSKEY : IdentifierKind.ETHEREUM;
    const inboxId = store.identityLog.inboxOf({ value: identifier, kind });
    return { identifier, identifierKind, ...(inboxId === null ? {} : { inboxId }) };
  });
}
