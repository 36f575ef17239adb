import type { NodeFault } from '../faults/fault-plan-schema.ts';
import {
  type EnvelopesQuery,
  type ReplicationApi,
  SubscribeTopicsResponse_SubscriptionStatus as SubscriptionStatus,
} from '../gen/xmtp/xmtpv4/message_api/message_api_pb.ts';
import { GrpcError, invalidArgument } from '../grpc-error.ts';
import { type Envelope, topicKinds, type VectorCursor } from '../store/create-envelopes.ts';
import type { Store } from '../store/create-store.ts';
import { originators } from '../store/originators.ts';
import { findInboxes } from './create-identity-service.ts';
import type { TopicHub } from './create-topic-hub.ts';
import { followTopics, toHorizon } from './follow-topics.ts';
import { toVector } from './read-client-envelope.ts';
import type { CallContext, ServiceHandlers } from './service-types.ts';
import { toOriginatorEnvelope } from './to-originator-envelope.ts';

/** Limits of the reference node (xmtpd, pkg/api/message/service.go). */
const [maxRows, maxInboxIds, maxTopics, maxTopicBytes, maxVectorLength] = [1_000, 1_000, 10_000, 128, 100];

export interface ReplicationServiceOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  /** What is wrong with this node. */
  readonly fault: () => NodeFault | null;
  /** @default 30_000 */
  readonly aliveEveryMs?: number | undefined;
}

/** What clients read from one node of the decentralised network. All nodes stand on one store. */
export function createReplicationService(options: ReplicationServiceOptions): ServiceHandlers<typeof ReplicationApi> {
  const { store, hub, fault, aliveEveryMs = 30_000 } = options;
  const horizon = () => toHorizon(fault(), store.nowNs, isFromChain);

  const read = (topic: Uint8Array, seen: VectorCursor, limit: number): Envelope[] => {
    const envelopes = store.envelopes.after(topic, seen, { limit, horizon: horizon() });
    if (fault()?.misorder !== true) return envelopes;
    return envelopes.toSorted((a, b) => Number(isFromChain(a.originator)) - Number(isFromChain(b.originator)));
  };

  const follow = (topics: readonly { topic: Uint8Array; seen: VectorCursor }[], call: CallContext) => {
    for (const { topic } of topics) noteOwner(topic, call);
    const delaysMs = () => {
      const { lagMs = 0, commitLagMs = 0 } = fault() ?? {};
      return [...new Set([lagMs, lagMs + commitLagMs])].filter((ms) => ms > 0);
    };
    return followTopics({ topics, hub, read, delaysMs, aliveEveryMs, signal: call.signal });
  };

  return {
    queryEnvelopes({ query, limit }, call) {
      checkQuery(query, 'invalid query');
      const { topics = [], lastSeen } = query ?? {};
      const seen = toVector(lastSeen);
      const most = limit === 0 || limit > maxRows ? maxRows : limit;
      const found: Envelope[] = [];
      for (const topic of topics) {
        noteOwner(topic, call);
        if (found.length < most) found.push(...read(topic, seen, most - found.length));
      }
      return { envelopes: found.map(toOriginatorEnvelope) };
    },
    getNewestEnvelope({ topics }) {
      checkQuery({ topics, originatorNodeIds: [] }, 'invalid query');
      return {
        results: topics.map((topic) => {
          const envelope = store.envelopes.newest(topic, horizon());
          return envelope === null ? {} : { originatorEnvelope: toOriginatorEnvelope(envelope) };
        }),
      };
    },
    getInboxIds({ requests }) {
      if (requests.length > maxInboxIds) invalidArgument('too many requests');
      return { responses: findInboxes(store, requests) };
    },
    async *subscribeEnvelopes({ query }, call) {
      checkQuery(query, 'invalid subscription request');
      const { topics = [], lastSeen } = query ?? {};
      if (topics.length === 0) {
        invalidArgument('invalid subscription request: query must contain either topics or originators');
      }
      const seen = lastSeen === undefined ? store.envelopes.end() : toVector(lastSeen);
      yield {};
      for await (const heard of follow(
        topics.map((topic) => ({ topic, seen })),
        call,
      )) {
        if (heard === 'alive') yield {};
        else if (heard !== 'caughtUp')
          for (const envelope of heard) yield { envelopes: [toOriginatorEnvelope(envelope)] };
      }
    },
    async *subscribeTopics({ filters }, call) {
      yield toStatus(SubscriptionStatus.STARTED);
      if (filters.length === 0) invalidArgument('filters must not be empty');
      if (filters.length > maxTopics) invalidArgument(`too many filters: ${filters.length}, maximum is ${maxTopics}`);
      const topics = filters.map(({ topic, lastSeen }) => {
        checkTopic(topic, `invalid topic length: ${topic.length}`);
        const seen = toVector(lastSeen);
        checkVector(seen, '');
        return { topic, seen };
      });
      for await (const heard of follow(topics, call)) {
        if (heard === 'alive') yield toStatus(SubscriptionStatus.WAITING);
        else if (heard === 'caughtUp') yield toStatus(SubscriptionStatus.CATCHUP_COMPLETE);
        else {
          for (const envelope of heard) {
            yield { response: { case: 'envelopes' as const, value: { envelopes: [toOriginatorEnvelope(envelope)] } } };
          }
        }
      }
    },
  };
}

/** Whether a frame of a subscription is only about the subscription: it has no envelope. */
export function isNotice(frame: Uint8Array): boolean {
  const envelopesTag = 0x0a;
  return frame[0] !== envelopesTag;
}

function isFromChain(originator: number): boolean {
  return originator === originators.commits || originator === originators.identityUpdates;
}

/** Whoever reads the welcomes of an installation is that installation. */
function noteOwner(topic: Uint8Array, call: CallContext): void {
  if (topic[0] === topicKinds.welcomeMessages) call.identify(topic.subarray(1));
}

function checkQuery(
  query: Pick<EnvelopesQuery, 'topics' | 'originatorNodeIds' | 'lastSeen'> | undefined,
  what: string,
) {
  const { topics = [], originatorNodeIds = [], lastSeen } = query ?? {};
  if (topics.length > 0 && originatorNodeIds.length > 0) {
    invalidArgument(`${what}: cannot filter by both topic and originator in same subscription request`);
  }
  const count = topics.length + originatorNodeIds.length;
  if (count > maxTopics) {
    invalidArgument(
      `${what}: too many subscriptions: ${count}, consider subscribing to fewer topics or subscribing without a filter`,
    );
  }
  for (const topic of topics) checkTopic(topic, `${what}: invalid topic`);
  checkVector(toVector(lastSeen), `${what}: `);
  // Nodes read from each other like this. There is one store here, and clients have no use for it.
  if (originatorNodeIds.length > 0) {
    throw new GrpcError('UNIMPLEMENTED', 'the devnet reads by topic; reading by originator is for nodes');
  }
}

function checkTopic(topic: Uint8Array, message: string): void {
  if (topic.length === 0 || topic.length > maxTopicBytes) invalidArgument(message);
}

function checkVector(seen: VectorCursor, prefix: string): void {
  if (seen.size > maxVectorLength)
    invalidArgument(`${prefix}vector clock length exceeds maximum of ${maxVectorLength}`);
}

function toStatus(status: SubscriptionStatus) {
  return { response: { case: 'statusUpdate' as const, value: { status } } };
}
