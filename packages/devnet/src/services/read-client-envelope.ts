import { fromBinary } from '@bufbuild/protobuf';
import { type ClientEnvelope, ClientEnvelopeSchema, type Cursor } from '../gen/xmtp/xmtpv4/envelopes/envelopes_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import type { VectorCursor } from '../store/create-envelopes.ts';
import { originators } from '../store/originators.ts';

/** What a client asks a gateway to post. */
export interface PostedEnvelope {
  /** Byte for byte as it came. */
  readonly bytes: Uint8Array;
  readonly topic: Uint8Array;
  readonly payload: ClientEnvelope['payload'] & { case: string };
  readonly dependsOn: VectorCursor;
}

const kindOf = { groupMessage: 0, welcomeMessage: 1, identityUpdate: 2, uploadKeyPackage: 3 } as const;
const kinds = Object.keys(kindOf).length;
/** Topics of what nodes tell each other; no client may post there. */
const reservedKinds = new Set([4, 5]);

/**
 * Reads one envelope and checks that it is posted where it belongs.
 * @throws GrpcError INVALID_ARGUMENT, in the words of the reference node
 */
export function readClientEnvelope(bytes: Uint8Array, index: number): PostedEnvelope {
  const { aad, payload } = decode(bytes, index);
  const refuse = (why: string) => invalidArgument(`invalid client envelope at index ${index}: ${why}`);
  if (aad === undefined) return refuse('aad is missing');
  if (payload.case === undefined) return refuse('payload is missing');
  const { targetTopic: topic } = aad;
  if (topic.length < 2) return refuse('topic must be at least 2 bytes long');
  const kind = topic[0]!;
  if (kind >= kinds && !reservedKinds.has(kind)) return refuse(`unknown topic kind ${kind}`);
  if (kind !== kindOf[payload.case]) return invalidArgument(`client envelope at index ${index} does not match topic`);
  return { bytes, topic, payload, dependsOn: toVector(aad.dependsOn) };
}

/**
 * A message may depend only on what comes from the chain, and only on what is there.
 * @throws GrpcError INVALID_ARGUMENT
 */
export function checkDependencies(dependsOn: VectorCursor, last: bigint): void {
  for (const [node, sequence] of dependsOn) {
    if (node >= originators.firstNode) {
      invalidArgument(
        `node ID ${node} specified in DependsOn is not a valid node ID, a message can not depend on a non-commit`,
      );
    }
    if (sequence > last) {
      invalidArgument(
        `sequence ID ${sequence} for node ID ${node} specified in DependsOn exceeds last seen sequence ID ${last}`,
      );
    }
  }
}

/** A cursor off the wire. */
export function toVector(cursor: Cursor | undefined): Map<number, bigint> {
  return new Map(Object.entries(cursor?.nodeIdToSequenceId ?? {}).map(([node, sequence]) => [Number(node), sequence]));
}

function decode(bytes: Uint8Array, index: number): ClientEnvelope {
  try {
    return fromBinary(ClientEnvelopeSchema, bytes);
  } catch {
    return invalidArgument(`invalid client envelope at index ${index}: it cannot be parsed`);
  }
}
