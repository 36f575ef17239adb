import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { RecoverableEd25519SignatureSchema } from '../gen/xmtp/identity/associations/signature_pb.ts';
import { type KeyPackageUpload, type MlsApi, SortDirection } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { invalidArgument, unknownError } from '../grpc-error.ts';
import type { Store } from '../store/create-store.ts';
import { toPage, toPagingInfo } from '../store/paging.ts';
import { readGroupMessage, readKeyPackage, readWelcomeMessage } from './read-payloads.ts';
import type { CallContext, ServiceHandlers } from './service-types.ts';
import { subscribe, toTopicName } from './subscribe.ts';
import type { TopicHub } from './create-topic-hub.ts';

const maxCommitLogPublish = 10;
const maxCommitLogQuery = 20;

export interface MlsServiceOptions {
  readonly store: Store;
  readonly groups: TopicHub;
  readonly welcomes: TopicHub;
  /** Largest group message or welcome. */
  readonly payloadBytes: number;
}

/** Messages, welcomes, key packages and the commit log, as the V3 node keeps them. */
export function createMlsService(options: MlsServiceOptions): ServiceHandlers<typeof MlsApi> {
  const { store, groups, welcomes, payloadBytes } = options;
  const requireSize = (data: Uint8Array) => {
    if (data.length > payloadBytes) invalidArgument(`message of ${data.length} bytes exceeds ${payloadBytes}`);
  };
  const upload = (keyPackage: KeyPackageUpload | undefined, call: CallContext): Uint8Array => {
    if (keyPackage === undefined) return invalidArgument('no key package');
    const { installationKey } = readKeyPackage(keyPackage.keyPackageTlsSerialized, store.nowNs());
    call.identify(installationKey);
    store.keyPackages.put(installationKey, keyPackage.keyPackageTlsSerialized);
    return installationKey;
  };
  return {
    sendGroupMessages({ messages }) {
      if (messages.length === 0) invalidArgument('no group messages to send');
      const parsed = messages.map(readGroupMessage);
      for (const { data } of parsed) requireSize(data);
      const stored = store.transaction(() => parsed.filter((message) => store.groupMessages.insert(message) !== null));
      for (const { groupId } of stored) groups.publish(toTopicName(groupId));
      return {};
    },
    sendWelcomeMessages({ messages }) {
      if (messages.length === 0) invalidArgument('no welcome messages to send');
      const parsed = messages.map(readWelcomeMessage);
      for (const { data } of parsed) requireSize(data);
      const stored = store.transaction(() =>
        parsed.filter((message) => store.welcomeMessages.insert(message) !== null),
      );
      for (const { installationKey } of stored) welcomes.publish(toTopicName(installationKey));
      return {};
    },
    registerInstallation: ({ keyPackage }, call) => ({ installationKey: upload(keyPackage, call) }),
    uploadKeyPackage({ keyPackage }, call) {
      upload(keyPackage, call);
      return {};
    },
    fetchKeyPackages: ({ installationKeys }) => ({
      keyPackages: installationKeys.map((key) => ({
        keyPackageTlsSerialized: store.keyPackages.get(key) ?? new Uint8Array(),
      })),
    }),
    queryGroupMessages({ groupId, pagingInfo }) {
      if (groupId.length === 0) unknownError('group is required');
      const page = toPage(pagingInfo);
      const rows = store.groupMessages.page(groupId, page);
      return { messages: rows, pagingInfo: toPagingInfo(page, ids(rows)) };
    },
    queryWelcomeMessages({ installationKey, pagingInfo }, call) {
      if (installationKey.length === 0) unknownError('installation is required');
      call.identify(installationKey);
      const page = toPage(pagingInfo);
      const rows = store.welcomeMessages.page(installationKey, page);
      return { messages: rows, pagingInfo: toPagingInfo(page, ids(rows)) };
    },
    subscribeGroupMessages({ filters }, { signal }) {
      return subscribe({
        filters: filters.map(({ groupId, idCursor }) => ({ topic: groupId, cursor: idCursor })),
        hub: groups,
        readPage: store.groupMessages.page,
        signal,
      });
    },
    subscribeWelcomeMessages({ filters }, call) {
      if (!filters.length || filters.some(({ installationKey }) => installationKey.length === 0)) {
        invalidArgument('an installation key is required');
      }
      for (const { installationKey } of filters) call.identify(installationKey);
      return subscribe({
        filters: filters.map(({ installationKey, idCursor }) => ({ topic: installationKey, cursor: idCursor })),
        hub: welcomes,
        readPage: store.welcomeMessages.page,
        signal: call.signal,
      });
    },
    batchPublishCommitLog({ requests }) {
      if (requests.length === 0) invalidArgument('no log entries to publish');
      if (requests.length > maxCommitLogPublish) {
        invalidArgument(`cannot exceed ${maxCommitLogPublish} inserts in single batch`);
      }
      const entries = requests.map(({ groupId, serializedCommitLogEntry: data, signature }) => {
        if (groupId.length === 0 || data.length === 0 || signature === undefined) {
          return invalidArgument('a commit log entry needs a group, an entry and a signature');
        }
        return { groupId, data, signature: toBinary(RecoverableEd25519SignatureSchema, signature) };
      });
      store.transaction(() => {
        for (const { groupId, data, signature } of entries) store.commitLog.insert(groupId, data, signature);
      });
      return {};
    },
    batchQueryCommitLog({ requests }) {
      if (requests.length === 0) invalidArgument('no requests to query');
      if (requests.length > maxCommitLogQuery) {
        invalidArgument(`cannot exceed ${maxCommitLogQuery} queries in single batch`);
      }
      const responses = requests.map(({ groupId, pagingInfo }) => {
        if (groupId.length === 0) invalidArgument('group is required');
        if (pagingInfo?.direction === SortDirection.DESCENDING)
          invalidArgument('descending direction is not supported');
        const page = { ...toPage(pagingInfo), descending: false };
        const rows = store.commitLog.page(groupId, page);
        return {
          groupId,
          commitLogEntries: rows.map(({ id, data, signature }) => ({
            sequenceId: id,
            serializedCommitLogEntry: data,
            signature: fromBinary(RecoverableEd25519SignatureSchema, signature),
          })),
          pagingInfo: toPagingInfo(page, ids(rows)),
        };
      });
      return { responses };
    },
    getNewestGroupMessage({ groupIds, includeContent }) {
      if (groupIds.length === 0) invalidArgument('no group ids provided');
      const responses = groupIds.map((groupId) => {
        const groupMessage = store.groupMessages.newest(groupId, includeContent);
        return groupMessage === null ? {} : { groupMessage };
      });
      return { responses };
    },
  };
}

function ids(rows: readonly { readonly id: bigint }[]): bigint[] {
  return rows.map(({ id }) => id);
}
