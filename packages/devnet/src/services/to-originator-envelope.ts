import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  type OriginatorEnvelopeSchema,
  PayerEnvelopeSchema,
  UnsignedOriginatorEnvelopeSchema,
} from '../gen/xmtp/xmtpv4/envelopes/envelopes_pb.ts';
import type { Envelope } from '../store/create-envelopes.ts';
import { originators } from '../store/originators.ts';

const retentionDays = 60;

/** An envelope as it travels: the client's within the payer's within the originator's. Nothing is signed, nobody checks. */
export function toOriginatorEnvelope(envelope: Envelope): MessageInitShape<typeof OriginatorEnvelopeSchema> {
  const { originator, sequence, createdNs, clientEnvelope } = envelope;
  const fromChain = originator === originators.commits || originator === originators.identityUpdates;
  const payer = create(PayerEnvelopeSchema, {
    unsignedClientEnvelope: clientEnvelope,
    ...(fromChain ? {} : { targetOriginator: originator, messageRetentionDays: retentionDays }),
  });
  const unsigned = create(UnsignedOriginatorEnvelopeSchema, {
    originatorNodeId: originator,
    originatorSequenceId: sequence,
    originatorNs: createdNs,
    payerEnvelopeBytes: toBinary(PayerEnvelopeSchema, payer),
  });
  return { unsignedOriginatorEnvelope: toBinary(UnsignedOriginatorEnvelopeSchema, unsigned) };
}
