import type { MailboxErrorCode } from '../error-texts.ts';
import { callClass } from '../governor/call-class.ts';
import type { CallClass, CallOutcome, Cost, GovernedCalls } from '../governor/types.ts';
import type { CallMeter } from './call-meter.ts';
import { classifySdkError } from './classify-error.ts';
import type { NativeConversation } from './native-types.ts';

/** A call of the SDK by what it asks of the network. */
export interface NativeCall {
  /** Unless `callsAs` says otherwise. */
  class: CallClass;
  /** What is expected. */
  cost: Cost;
  /** Reads that the SDK does not count. */
  uncounted: number | ((result: unknown, counted: Cost) => number);
}

/** Runs calls of the SDK when their turn has come, and counts what they really asked. */
export type RunNative = <T>(call: NativeCall, work: () => Promise<T>) => Promise<T>;

/** The SDK asks so many times before it gives up. */
const attempts = 6;

export function createRunNative(calls: GovernedCalls, meter: CallMeter): RunNative {
  return (call, work) =>
    calls.run({ class: callClass(call.class), cost: call.cost }, work, (outcome) => {
      const counted = meter.take();
      return { ...counted, reads: counted.reads + uncountedReads(call, outcome, counted) };
    });
}

function uncountedReads({ uncounted }: NativeCall, outcome: CallOutcome<unknown>, counted: Cost): number {
  if ('error' in outcome) return unanswered.has(classifySdkError(outcome.error)) ? attempts : 1;
  return typeof uncounted === 'number' ? uncounted : uncounted(outcome.result, counted);
}
const unanswered: ReadonlySet<MailboxErrorCode> = new Set(['NETWORK_UNREACHABLE', 'RATE_LIMITED', 'SDK_FAILED']);

/** What the SDK's calls cost. */
export const nativeCalls = {
  /** One question that the client counts, or the one behind it. */
  ask: call('receive', 1, 0, 0),
  /** One that is asked beside the client, which knows nothing of it. */
  askBackend: call('receive', 1, 0, 1),
  /** Counted by the client itself afterwards, but for the first question. */
  open: call('send', 2, 0, 1),
  register: call('send', 2, 2, 0),
  sync: call('receive', 1, 0, 1),
  syncAll: {
    ...call('receive', 2, 0, 1),
    // One for the newest of all, one for each conversation that has news.
    uncounted: (result) => 1 + ((result as { numSynced?: number } | undefined)?.numSynced ?? 0),
  } as NativeCall,
  createDm: {
    ...call('send', 5, 2, 0),
    // Only a new one asks for the identity and reads back.
    uncounted: (_, { writes }) => (writes > 0 ? 2 : 0),
  } as NativeCall,
  addMembers: call('send', 4, 2, 2),
  /** Adds nobody: one question, and a commit when the answer is new. */
  refreshMembers: {
    ...call('send', 1, 0, 0),
    uncounted: (_, { writes }) => (writes > 0 ? 2 : 0),
  } as NativeCall,
  publish: call('send', 1, 1, 1),
} satisfies Record<string, NativeCall>;

function call(kind: CallClass, reads: number, writes: number, uncounted: number): NativeCall {
  return { class: kind, cost: { reads, writes }, uncounted };
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
      run(inboxIds.length === 0 ? nativeCalls.refreshMembers : nativeCalls.addMembers, () =>
        native.addMembers(inboxIds),
      ),
    sync: () => run(nativeCalls.sync, () => native.sync()),
    publishStoredMessage: (id) => run(nativeCalls.publish, () => native.publishStoredMessage(id)),
    publishMessages: () => run(nativeCalls.publish, () => native.publishMessages()),
    // Optimistic ones are only stored.
    sendText: (text, later) => orStored(later, run, () => native.sendText(text, later)),
    sendMarkdown: (text, later) => orStored(later, run, () => native.sendMarkdown(text, later)),
    sendReply: (reply, later) => orStored(later, run, () => native.sendReply(reply, later)),
    stream: (onMessage, onClose) => run(nativeCalls.askBackend, () => native.stream(onMessage, onClose)),
  };
}

function orStored<T>(optimistic: boolean | undefined | null, run: RunNative, work: () => Promise<T>): Promise<T> {
  return optimistic === true ? work() : run(nativeCalls.publish, work);
}
