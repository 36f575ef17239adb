import type { CallClass, Cost } from '../governor/types.ts';
import type { Direction } from '../health/status-types.ts';

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
  /** Asked by ourselves and not by the SDK's client, whose limit and statistics know nothing of it. */
  isBeside: boolean;
}

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
  /** Whether the inboxes of members have changed. Where that is not answered the SDK looks, which shows how sending stands. */
  askMembers: call('askMembers', null, { class: 'send', isBeside: true }),
  /** What was posted, as everybody may see it. */
  askPosts: call('askPosts', null, { isBeside: true }),
  /** Adds nobody: one question, and a commit when the answer is new. */
  refreshMembers: call('refreshMembers', 'sending', {
    class: 'send',
    uncounted: (_, { writes }) => (writes > 0 ? 3 : 1),
  }),
  publish: call('publish', null, { class: 'send', cost: { reads: 1, writes: 1 }, uncounted: 1 }),
};

function call(name: string, direction: Direction | null, rest: Partial<NativeCall>): NativeCall {
  return { class: 'receive', cost: { reads: 1, writes: 0 }, uncounted: 0, isBeside: false, ...rest, name, direction };
}
