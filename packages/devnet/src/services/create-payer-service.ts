import { createHash } from 'node:crypto';
import type { KeyPackageUpload } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { PayerApi } from '../gen/xmtp/xmtpv4/payer_api/payer_api_pb.ts';
import { GrpcError, invalidArgument } from '../grpc-error.ts';
import type { Envelope } from '../store/create-envelopes.ts';
import type { Store } from '../store/create-store.ts';
import { originators } from '../store/originators.ts';
import type { PublishUpdate } from './create-publish-update.ts';
import type { TopicHub } from './create-topic-hub.ts';
import { checkDependencies, type PostedEnvelope, readClientEnvelope } from './read-client-envelope.ts';
import { isHandshake, readGroupMessage, readKeyPackage, readWelcomeMessage } from './read-payloads.ts';
import type { CallContext, ServiceHandlers } from './service-types.ts';
import { toTopicName } from './subscribe.ts';
import { toOriginatorEnvelope } from './to-originator-envelope.ts';

export interface PayerServiceOptions {
  readonly store: Store;
  readonly hub: TopicHub;
  readonly publishUpdate: PublishUpdate;
  /** Largest group message or welcome. */
  readonly payloadBytes: number;
  /** URL by originator id. */
  readonly nodes: () => Readonly<Record<number, string>>;
  readonly isDown: (node: number) => boolean;
}

/** The gateway: it knows the nodes, and posts for clients, commits and identity updates to the chain, the rest to a node. */
export function createPayerService(options: PayerServiceOptions): ServiceHandlers<typeof PayerApi> {
  const { store, hub, publishUpdate, payloadBytes, nodes, isDown } = options;

  /** The same node for the same topic, as long as it is up. */
  const nodeFor = (topic: Uint8Array): number => {
    const up = Object.keys(nodes()).filter((node) => !isDown(Number(node)));
    if (up.length === 0) throw new GrpcError('INTERNAL', 'error publishing payer envelopes: no node is up');
    const hash = createHash('sha256').update(topic).digest().readUInt32BE(0);
    return Number(up[hash % up.length]);
  };

  /** Checks everything, stores nothing. The answer stores it; identity updates are checked against their log only then. */
  const prepare = (envelope: PostedEnvelope, call: CallContext): (() => bigint | Promise<bigint>) & Post => {
    const { bytes, topic, payload, dependsOn } = envelope;
    const id = topic.subarray(1);
    const requireTopic = (expected: Uint8Array) => {
      if (Buffer.compare(expected, id) !== 0) invalidArgument('the envelope is posted to the topic of another');
    };
    const requireSize = (data: Uint8Array) => {
      if (data.length > payloadBytes) invalidArgument(`message of ${data.length} bytes exceeds ${payloadBytes}`);
    };
    checkDependencies(dependsOn, store.envelopes.last());
    const post = (originator: number, insert: () => bigint | Promise<bigint>) => Object.assign(insert, { originator });
    if (payload.case === 'groupMessage') {
      const message = readGroupMessage(payload.value);
      requireTopic(message.groupId);
      requireSize(message.data);
      const originator = isHandshake(message.data) ? originators.commits : nodeFor(topic);
      return post(originator, () => store.groupMessages.insert(message, { originator, envelope: bytes })!);
    }
    if (payload.case === 'welcomeMessage') {
      const message = readWelcomeMessage(payload.value);
      requireTopic(message.installationKey);
      requireSize(message.data);
      const originator = nodeFor(topic);
      return post(originator, () => store.welcomeMessages.insert(message, { originator, envelope: bytes })!);
    }
    if (payload.case === 'uploadKeyPackage') {
      const data = requireKeyPackage(payload.value.keyPackage);
      const { installationKey } = readKeyPackage(data, store.nowNs());
      requireTopic(installationKey);
      call.identify(installationKey);
      const originator = nodeFor(topic);
      return post(originator, () => store.keyPackages.put(installationKey, data, { originator, envelope: bytes }));
    }
    const update = payload.value;
    requireTopic(Buffer.from(update.inboxId, 'hex'));
    return post(originators.identityUpdates, () => publishUpdate(update, bytes));
  };

  return {
    getNodes: () => ({ nodes: nodes() }),
    async publishClientEnvelopes({ envelopes }, call) {
      const read = envelopes.map(readClientEnvelope);
      const posts = read.map((envelope) => prepare(envelope, call));
      const stored: Envelope[] = [];
      for (const [index, post] of posts.entries()) {
        store.envelopes.register(post.originator);
        const sequence = await post();
        const { bytes: clientEnvelope, topic } = read[index]!;
        stored.push({ originator: post.originator, sequence, createdNs: store.nowNs(), clientEnvelope });
        hub.publish(toTopicName(topic));
      }
      return { originatorEnvelopes: stored.map(toOriginatorEnvelope) };
    },
  };
}

interface Post {
  readonly originator: number;
}

function requireKeyPackage(upload: KeyPackageUpload | undefined): Uint8Array {
  return upload === undefined ? invalidArgument('no key package') : upload.keyPackageTlsSerialized;
}
