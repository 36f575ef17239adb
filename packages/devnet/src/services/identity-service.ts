import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import {
  IdentifierKind,
  type IdentityUpdate,
  IdentityUpdateSchema,
  type MemberIdentifier,
} from '../gen/xmtp/identity/associations/association_pb.ts';
import { GrpcError, invalidArgument } from '../grpc-error.ts';
import type { Store } from '../store/create-store.ts';
import type { Identifier } from '../store/identity-log.ts';
import type { ServiceHandlers } from './service-types.ts';

const MAX_UPDATES = 256;

export interface IdentityServiceOptions {
  readonly store: Store;
}

/** The identity log: who may speak for which inbox. */
export function createIdentityService({ store }: IdentityServiceOptions): ServiceHandlers<typeof IdentityApi> {
  return {
    publishIdentityUpdate({ identityUpdate: update }) {
      if (update === undefined) return invalidArgument('IdentityUpdate is required');
      const data = toBinary(IdentityUpdateSchema, update);
      store.transaction(() => {
        const log = store.identityLog.updates(update.inboxId, 0n);
        if (log.length >= MAX_UPDATES) throw new GrpcError('RESOURCE_EXHAUSTED', 'inbox log is full');
        if (log.some((entry) => Buffer.compare(entry.data, data) === 0)) invalidArgument('Replay detected');
        store.identityLog.append(update.inboxId, data, toChange(update));
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
        const inboxId = store.identityLog.inboxOf({
          value: identifier,
          kind: identifierKind || IdentifierKind.ETHEREUM,
        });
        return { identifier, identifierKind, ...(inboxId === null ? {} : { inboxId }) };
      }),
    }),
    verifySmartContractWalletSignatures: ({ signatures }) => ({
      responses: signatures.map(() => ({ isValid: false, error: 'this network has no chain to ask' })),
    }),
  };
}

function toChange({ actions }: IdentityUpdate): { added: Identifier[]; removed: Identifier[] } {
  const added: Identifier[] = [];
  const removed: Identifier[] = [];
  for (const { kind } of actions) {
    if (kind.case === 'createInbox') added.push({ value: kind.value.initialIdentifier, kind: 1 });
    if (kind.case === 'add') added.push(...toIdentifiers(kind.value.newMemberIdentifier));
    if (kind.case === 'revoke') removed.push(...toIdentifiers(kind.value.memberToRevoke));
  }
  return { added, removed };
}

function toIdentifiers(member: MemberIdentifier | undefined): Identifier[] {
  return member?.kind.case === 'ethereumAddress' ? [{ value: member.kind.value, kind: 1 }] : [];
}
