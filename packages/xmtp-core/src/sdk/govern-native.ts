import type { MailboxErrorCode } from '../error-texts.ts';
import { callClass } from '../governor/call-class.ts';
import type { CallClass, CallOutcome, Cost, GovernedCalls } from '../governor/types.ts';
import type { Direction } from '../types-status.ts';
import type { CallMeter } from './call-meter.ts';
import { classifySdkError } from './classify-error.ts';
import type { NativeConversation } from './native-types.ts';

/** A call of the SDK by what it asks of the network. */
export interface NativeCall {
  /** Unless `callsAs` says otherwise. */
  class: CallClass;
  /** What is expected. */
  cost: Cost;
  /** What its outcome is evidence of; `null` for none: see the lanes for what publishing shows. */
  direction: Direction | null;
  name: string;
  /** Reads that the SDK does not count. */
  uncounted: number | ((result: unknown, counted: Cost) => number);
}

/** Runs calls of the SDK when their turn has come, and counts what they really asked. `key`: what it is asked for. */
export type RunNative = <T>(call: NativeCall, work: () => Promise<T>, key?: string) => Promise<T>;

/** Told how a call ended that was made; `error` is `null` when it succeeded. */
export type OnCall = (work: { direction: Direction; kind: string; key?: string | undefined }, error: unknown) => void;

/** The SDK asks so many times before it gives up. */
const attempts = 6;

export function createRunNative(calls: GovernedCalls, meter: CallMeter, onCall: OnCall): RunNative {
  return (call, work, key) =>
    calls.run({ class: callClass(call.class), cost: call.cost }, work, (outcome) => {
      const { direction, name } = call;
      if (direction !== null) onCall({ direction, kind: name, key }, 'error' in outcome ? outcome.error : null);
      const counted = meter.take();
      return { ...counted, reads: counted.reads + uncountedReads(call, outcome, counted) };
    });
}

function uncountedReads({ uncounted }: NativeCall, outcome: CallOutcome<unknown>, counted: Cost): number {
  if ('error' in outcome) return unanswered.has(classifySdkError(outcome.error)) ? attempts : 1;
  return typeof uncounted === 'number' ? uncounted : uncounted(outcome.result, counted);
}
const unanswered: ReadonlySet<MailboxErrorCode> = new Set(['NETWORK_UNREACHABLE', 'RATE_LIMITED', 'SDK_FAILED']);

/** What the SDK's calls cost, and what they are evidence of. */
export const nativeCalls = {
  /** Counted by the client itself afterwards, but for the first question. */
  open: call('open', null, { class: 'send', cost: { reads: 2, writes: 0 }, uncounted: 1 }),
  register: call('register', null, { class: 'send', cost: { reads: 2, writes: 2 } }),
  syncWelcomes: call('syncWelcomes', 'receiving', {}),
  sync: call('sync', 'receiving', { uncounted: 1 }),
  syncAll: call('syncAll', 'receiving', {
    cost: { reads: 2, writes: 0 },
    // One for the newest of all, one for each conversation that has news.
    uncounted: (result) => 1 + ((result as { numSynced?: number } | undefined)?.numSynced ?? 0),
  }),
  stream: call('stream', null, { uncounted: 1 }),
  fetchIdentity: call('fetchIdentity', 'identity', {}),
  /** These are asked beside the client, which does not count them. */
  inboxIdsOf: call('inboxIdsOf', 'identity', { uncounted: 1 }),
  installations: call('installations', 'identity', { uncounted: 1 }),
  isAuthorized: call('isAuthorized', 'identity', { uncounted: 1 }),
  identityUpdates: call('identityUpdates', 'identity', {}),
  createDm: call('createDm', 'sending', {
    class: 'send',
    cost: { reads: 5, writes: 2 },
    // Only a new one asks for the identity and reads back.
    uncounted: (_, { writes }) => (writes > 0 ? 2 : 0),
  }),
  addMembers: call('addMembers', 'sending', { class: 'send', cost: { reads: 4, writes: 2 }, uncounted: 2 }),
  /** Adds nobody: one question, and a commit when the answer is new. */
  refreshMembers: call('refreshMembers', 'sending', {
    class: 'send',
    uncounted: (_, { writes }) => (writes > 0 ? 3 : 1),
  }),
  publish: call('publish', null, { class: 'send', cost: { reads: 1, writes: 1 }, uncounted: 1 }),
};

function call(name: string, direction: Direction | null, rest: Partial<NativeCall>): NativeCall {
  return { class: 'receive', cost: { reads: 1, writes: 0 }, uncounted: 0, ...rest, name, direction };
}

/** A conversation whose calls to the network go through the governor. Everything else is the binding's own. */
export function governConversation(native: NativeConversation, run: RunNative): NativeConversation {
  return {
    id: () => native.id(),
    createdAtNs: () => native.createdAtNs(),
    consentState: () => native.consentState(),
    updateConsentState: (state) => native.updateConsentState(state),
    dmPeerInboxId: () => native.dmPeerInboxId(),
    isActive: () => native.isActive(),
    prepareMessage: (content, shouldPush) => native.prepareMessage(content, shouldPush),
    listMembers: () => native.listMembers(),
    listMessages: (query) => native.listMessages(query),
    groupMetadata: () => native.groupMetadata(),
    debugInfo: () => native.debugInfo(),
    hmacKeys: () => native.hmacKeys(),
    addMembers: (inboxIds) =>
      run(
        inboxIds.length === 0 ? nativeCalls.refreshMembers : nativeCalls.addMembers,
        () => native.addMembers(inboxIds),
        native.id(),
      ),
    sync: () => run(nativeCalls.sync, () => native.sync(), native.id()),
    publishStoredMessage: (id) => run(nativeCalls.publish, () => native.publishStoredMessage(id)),
    publishMessages: () => run(nativeCalls.publish, () => native.publishMessages()),
    // Optimistic ones are only stored.
    sendText: (text, later) => orStored(later, run, () => native.sendText(text, later)),
    sendMarkdown: (text, later) => orStored(later, run, () => native.sendMarkdown(text, later)),
    sendReply: (reply, later) => orStored(later, run, () => native.sendReply(reply, later)),
    stream: (onMessage, onClose) => run(nativeCalls.stream, () => native.stream(onMessage, onClose)),
  };
}

function orStored<T>(optimistic: boolean | undefined | null, run: RunNative, work: () => Promise<T>): Promise<T> {
  return optimistic === true ? work() : run(nativeCalls.publish, work);
}
