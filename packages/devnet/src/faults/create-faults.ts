import { GrpcError } from '../grpc-error.ts';
import type { FaultPlan, NodeFault, PartitionFault } from './fault-plan-schema.ts';
import { createSeededRandom } from '@xmtp-messaging/errors';

/** Who calls, as far as the network knows. */
export interface Caller {
  readonly peer: string;
  readonly appVersion: string | null;
  readonly installationIds: ReadonlySet<string>;
}

/** What is to happen to one call. */
export interface CallVerdict {
  readonly delayMs: number;
  /** Never answer. */
  readonly silent: boolean;
  readonly errorBefore: GrpcError | null;
  readonly errorAfterwards: GrpcError | null;
}

/** What is to happen to one event of a subscription. */
export type EventVerdict = 'deliver' | 'swallow' | 'hold';

/** Decides what goes wrong. It only decides; the dispatcher carries it out. */
export interface Faults {
  plan(): FaultPlan;
  /** Replaces the plan; counters and random numbers start again. */
  set(plan: FaultPlan): void;
  judgeCall(call: { method: string; streaming: boolean; caller: Caller; node?: number | undefined }): CallVerdict;
  judgeEvent(event: { method: string; caller: Caller }): EventVerdict;
  /** A fresh delay for one event that arrives on an idle subscription. */
  eventDelayMs(method: string): number;
  /** How the plan cuts this client off, if it does. */
  judgePartition(caller: Caller): 'refuse' | 'silence' | null;
  /** What an open subscription has to end with, for what the plan and the clock say by now; null when it may go on. */
  judgeStream(stream: { method: string; caller: Caller; node?: number | undefined }): GrpcError | null;
  /** What is wrong with a node of the decentralised network. */
  ofNode(node: number): NodeFault | null;
  /** Faults so far, by kind. */
  injected(): Readonly<Record<string, number>>;
}

const v3WriteMethods = [
  'SendGroupMessages',
  'SendWelcomeMessages',
  'RegisterInstallation',
  'UploadKeyPackage',
  'PublishIdentityUpdate',
  'BatchPublishCommitLog',
];

/** Methods that store something. */
export const writeMethods: ReadonlySet<string> = new Set([...v3WriteMethods, 'PublishClientEnvelopes']);

const retiredWrites = new Set(v3WriteMethods);
const retiredStreams = new Set(['SubscribeGroupMessages', 'SubscribeWelcomeMessages']);

const publishRetired = 'publishing to XMTP V3 is no longer available. Please upgrade your client to XMTP D14N.';
const streamRetired = 'XMTP V3 streaming is no longer available. Please upgrade your client to XMTP D14N.';

/** @param now Milliseconds since the epoch, for the cutover. */
export function createFaults({ plan: initial, now }: { plan: FaultPlan; now: () => number }): Faults {
  let plan = initial;
  let random = createSeededRandom(plan.seed ?? 1);
  let spent = new Map<object, number>();
  const injected: Record<string, number> = {};
  const count = (kind: string) => {
    injected[kind] = (injected[kind] ?? 0) + 1;
  };
  const bump = (rule: object): number => {
    const next = (spent.get(rule) ?? 0) + 1;
    spent.set(rule, next);
    return next;
  };

  const delayFor = (method: string): number => {
    let total = 0;
    for (const rule of plan.latency ?? []) {
      if (applies(rule.method, method)) total += rule.ms + random() * (rule.jitterMs ?? 0);
    }
    return total;
  };

  const drawError = (method: string, afterwards: boolean): GrpcError | null => {
    for (const rule of plan.errors ?? []) {
      if (!applies(rule.method, method) || (rule.afterwards ?? false) !== afterwards) continue;
      if ((spent.get(rule) ?? 0) >= (rule.times ?? Infinity)) continue;
      if (random() >= (rule.probability ?? 1)) continue;
      bump(rule);
      count('error');
      return new GrpcError(rule.code, rule.message ?? 'injected fault');
    }
    return null;
  };

  const retirement = (method: string): GrpcError | null => {
    if (plan.cutoverMs === undefined || now() < plan.cutoverMs) return null;
    if (retiredStreams.has(method)) return new GrpcError('UNAVAILABLE', streamRetired);
    return retiredWrites.has(method) ? new GrpcError('UNAVAILABLE', publishRetired) : null;
  };

  const refusal = (method: string): GrpcError | null => {
    const retired = retirement(method);
    if (retired !== null) return retired;
    if (plan.refuseWrites === true && writeMethods.has(method)) {
      count('refusedWrite');
      return new GrpcError('UNAVAILABLE', 'the network refuses writes');
    }
    return null;
  };

  const partitionOf = (caller: Caller): PartitionFault | undefined =>
    plan.partitions?.find(
      ({ peer, appVersion, installationId }) =>
        peer === caller.peer ||
        (appVersion !== undefined && appVersion === caller.appVersion) ||
        (installationId !== undefined && caller.installationIds.has(installationId)),
    );

  const cutOff = (caller: Caller, node: number | undefined): GrpcError | null => {
    if (ofNode(node)?.down === true) return new GrpcError('UNAVAILABLE', 'the node is down');
    const partition = partitionOf(caller);
    return partition === undefined || partition.mode === 'silence'
      ? null
      : new GrpcError('UNAVAILABLE', 'the client is cut off');
  };

  const ofNode = (id: number | undefined): NodeFault | null => plan.nodes?.find(({ node }) => node === id) ?? null;

  return {
    plan: () => plan,
    set(next) {
      plan = next;
      random = createSeededRandom(next.seed ?? 1);
      spent = new Map();
    },
    judgeCall({ method, streaming, caller, node }) {
      const partition = partitionOf(caller);
      if (partition !== undefined) count('partitioned');
      if (ofNode(node)?.down === true) count('nodeDown');
      return {
        delayMs: delayFor(method),
        silent: partition?.mode === 'silence',
        errorBefore: cutOff(caller, node) ?? refusal(method) ?? drawError(method, false),
        errorAfterwards: streaming ? null : drawError(method, true),
      };
    },
    judgeEvent({ method, caller }) {
      if (partitionOf(caller) !== undefined || retirement(method) !== null) return 'swallow';
      let verdict: EventVerdict = 'deliver';
      for (const rule of plan.streams ?? []) {
        if (!applies(rule.method, method)) continue;
        const nth = bump(rule);
        if (rule.swallowEvery !== undefined && nth % rule.swallowEvery === 0) verdict = 'swallow';
        else if (rule.reorderEvery !== undefined && nth % rule.reorderEvery === 0) verdict = 'hold';
      }
      if (verdict !== 'deliver') count(verdict === 'swallow' ? 'swallowed' : 'reordered');
      return verdict;
    },
    eventDelayMs: delayFor,
    ofNode,
    judgePartition(caller) {
      const partition = partitionOf(caller);
      return partition === undefined ? null : (partition.mode ?? 'refuse');
    },
    judgeStream: ({ method, caller, node }) => cutOff(caller, node) ?? retirement(method),
    injected: () => ({ ...injected }),
  };
}

function applies(rule: string | undefined, method: string): boolean {
  return rule === undefined || rule === method;
}
