import { z } from 'zod';
import { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import { D14nMigrationApi } from '../gen/xmtp/migration/api/v1/migration_pb.ts';
import { MlsApi } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { Health } from '../gen/grpc/health/v1/health_pb.ts';
import { ReplicationApi } from '../gen/xmtp/xmtpv4/message_api/message_api_pb.ts';
import { PayerApi } from '../gen/xmtp/xmtpv4/payer_api/payer_api_pb.ts';
import { type GrpcCode, grpcCodes } from '../grpc-error.ts';

/**
 * What goes wrong, and how often. `method` is a gRPC method such as `SendGroupMessages`; absent means every method.
 * Every choice is drawn from `seed`, so the same calls in the same order meet the same faults.
 */
export interface FaultPlan {
  /** @default 1 */
  seed?: number | undefined;
  /** Time added before a call is handled, before a subscription opens, and before what arrives on an idle one. */
  latency?: readonly LatencyFault[] | undefined;
  /** Calls that fail. */
  errors?: readonly ErrorFault[] | undefined;
  /** Events that a subscription loses or gets in the wrong order. */
  streams?: readonly StreamFault[] | undefined;
  /** Clients that are cut off. */
  partitions?: readonly PartitionFault[] | undefined;
  /** Nodes of the decentralised network that are not well. */
  nodes?: readonly NodeFault[] | undefined;
  /** Every call that stores something fails with UNAVAILABLE. @default false */
  refuseWrites?: boolean | undefined;
  /** Milliseconds that the network's clock runs ahead (or behind, when negative). @default 0 */
  clockSkewMs?: number | undefined;
  /**
   * When the V3 network retires, in milliseconds since the epoch: from then on nothing can be published or streamed, with
   * the words of the real node. @default undefined, never
   */
  cutoverMs?: number | undefined;
}

/** Calls that take longer. */
export interface LatencyFault {
  /** A gRPC method, such as `SendGroupMessages`. @default every method */
  method?: string | undefined;
  /** Milliseconds. */
  ms: number;
  /** Up to this many milliseconds more, drawn anew each time. @default 0 */
  jitterMs?: number | undefined;
}

/** Calls that fail. */
export interface ErrorFault {
  /** A gRPC method, such as `SendGroupMessages`. @default every method */
  method?: string | undefined;
  /** What they fail with. */
  code: GrpcCode;
  /** What the client reads. @default 'injected fault' */
  message?: string | undefined;
  /** From 0 to 1. @default 1 */
  probability?: number | undefined;
  /** How many calls it may hit before it is spent. @default unlimited */
  times?: number | undefined;
  /** Do the work first and fail then, as a lost answer looks. @default false */
  afterwards?: boolean | undefined;
}

/** Events are counted over all subscriptions of the method. */
export interface StreamFault {
  /** A subscription, for example `SubscribeGroupMessages`. @default all of them */
  method?: string | undefined;
  /** Every Nth event never arrives; 1 mutes the subscription. */
  swallowEvery?: number | undefined;
  /** Every Nth event arrives after the one that follows it, behind which most clients no longer look. */
  reorderEvery?: number | undefined;
}

/** One node. What is wrong with it is seen by those who read there; a gateway publishes through another when it is down. */
export interface NodeFault {
  /** Its originator id: 100 for the first node, 200 for the second and so on. */
  node: number;
  /** Refuses every call and ends every stream. @default false */
  down?: boolean | undefined;
  /** How much later than elsewhere things appear, in milliseconds. @default 0 */
  lagMs?: number | undefined;
  /** How much later than other things commits and identity updates, which come from the chain, appear. @default 0 */
  commitLagMs?: number | undefined;
  /** Of what is new together, commits and identity updates come last. @default false */
  misorder?: boolean | undefined;
}

/** Names one client by any one of the first three keys. */
export interface PartitionFault {
  /** Hex of the installation key; known once a connection has asked for that installation's welcomes. */
  installationId?: string | undefined;
  /** The `appVersion` that the client was made with. */
  appVersion?: string | undefined;
  /** `address:port` of the connection, as the call log shows it. */
  peer?: string | undefined;
  /** `refuse` answers UNAVAILABLE and ends streams; `silence` answers nothing and keeps them open. @default 'refuse' */
  mode?: 'refuse' | 'silence' | undefined;
}

const services = [IdentityApi, MlsApi, D14nMigrationApi, PayerApi, ReplicationApi, Health];
const methods = services.flatMap((service) => service.methods);
// Two services have a method of the same name.
const toNames = (list: typeof methods) => z.enum([...new Set(list.map(({ name }) => name))] as [string, ...string[]]);

/** A method that the network has: a misspelt one would be a fault that never happens. */
const method = toNames(methods).optional();

/** A subscription. */
export const streamMethodSchema: z.ZodType<string | undefined> = toNames(
  methods.filter(({ methodKind }) => methodKind === 'server_streaming'),
).optional();

const every = z.int().min(1).optional();
const code = z.enum(Object.keys(grpcCodes) as [GrpcCode, ...GrpcCode[]]);

/** Checks a plan that comes from outside. */
export const faultPlanSchema: z.ZodType<FaultPlan> = z.strictObject({
  seed: z.int().optional(),
  latency: z
    .array(z.strictObject({ method, ms: z.number().min(0), jitterMs: z.number().min(0).optional() }))
    .optional(),
  errors: z
    .array(
      z.strictObject({
        method,
        code,
        message: z.string().optional(),
        probability: z.number().min(0).max(1).optional(),
        times: z.int().min(1).optional(),
        afterwards: z.boolean().optional(),
      }),
    )
    .optional(),
  streams: z.array(z.strictObject({ method: streamMethodSchema, swallowEvery: every, reorderEvery: every })).optional(),
  partitions: z
    .array(
      z
        .strictObject({
          installationId: z.string().optional(),
          appVersion: z.string().optional(),
          peer: z.string().optional(),
          mode: z.enum(['refuse', 'silence']).optional(),
        })
        .refine((rule) => rule.installationId ?? rule.appVersion ?? rule.peer, {
          error: 'name the client by installationId, appVersion or peer',
        }),
    )
    .optional(),
  nodes: z
    .array(
      z.strictObject({
        node: z.int().multipleOf(100, { error: 'nodes are 100, 200 and so on' }).min(100),
        down: z.boolean().optional(),
        lagMs: z.number().min(0).optional(),
        commitLagMs: z.number().min(0).optional(),
        misorder: z.boolean().optional(),
      }),
    )
    .optional(),
  refuseWrites: z.boolean().optional(),
  clockSkewMs: z.number().optional(),
  cutoverMs: z.number().optional(),
});
