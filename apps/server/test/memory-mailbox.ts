import type {
  Address,
  DeliveryState,
  DroppedSender,
  Inbox,
  InboundMessage,
  InboundRecord,
  KeyedName,
  Mailbox,
  MailboxStatus,
  NameBook,
  SendRequest,
  SendResult,
} from '@xmtp-messaging/xmtp-core';

export const self = '0x00000000000000000000000000000000000000aa';
export const alice = '0x5290000000000000000000000000000000009ee7';

/** A mailbox of the agreed form that keeps everything in memory, for tests of what stands above it. */
export interface MemoryMailbox extends Mailbox {
  /** Accepts a message. */
  receive(message: Partial<InboundMessage>): InboundMessage;
  readonly sends: SendRequest[];
  /** Replaces what `send` does. */
  onSend(send: (request: SendRequest) => Promise<SendResult>): void;
  setStatus(status: Partial<MailboxStatus>): void;
  setDropped(rows: DroppedSender[]): void;
  readonly reconsidered: number;
  /** Who waits for messages. */
  readonly listeners: number;
}

export function createMemoryMailbox(now: () => number = Date.now): MemoryMailbox {
  const rows: InboundMessage[] = [];
  const listeners = new Set<(record: InboundRecord) => void>();
  const sends: SendRequest[] = [];
  let dropped: DroppedSender[] = [];
  let send = (request: SendRequest): Promise<SendResult> =>
    Promise.resolve({
      status: 'sent',
      messageId: 'ab'.repeat(32),
      conversationId: 'conversationId' in request.to ? request.to.conversationId : 'cd'.repeat(16),
      replayed: false,
    });
  let status: MailboxStatus = {
    state: 'connected',
    reason: null,
    address: self,
    inboxId: '11'.repeat(32),
    installationId: '22'.repeat(32),
    env: 'local',
    lastSyncAt: now(),
    directions: {
      receiving: { state: 'ok', lastOkAt: now(), error: null },
      sending: { state: 'unknown', lastOkAt: null, error: null },
      identity: { state: 'ok', lastOkAt: now(), error: null },
      storage: { state: 'ok', lastOkAt: now(), error: null },
    },
    budget: {
      reads: null,
      writes: null,
      calls: { reads: 0, writes: 0 },
      minute: { used: 0, limit: 4_900 },
      refusals: 0,
      waiting: 0,
      silentUntil: null,
    },
    bell: { enabled: true, up: true, lastRingAt: null, reason: null, since: now() },
    inbox: { pending: 0, dead: 0, delivered: 0, dropped: 0, oldestPendingAt: null, waiting: [] },
    conversations: { open: 0, denied: 0 },
    outbox: { queued: 0, unsettled: 0, oldestUnsettledMs: null },
    installations: { used: 1, limit: 10 },
    identityUpdates: { used: 1, limit: 256, warning: false },
    lastError: null,
    losses: [],
  };
  const find = (id: string) => rows.find((row) => row.messageId === id);
  const move = (id: string, from: readonly DeliveryState[], to: Partial<InboundMessage>) => {
    const row = find(id);
    if (row === undefined || !from.includes(row.state)) return false;
    Object.assign(row, to);
    return true;
  };
  const due = (row: InboundMessage) => row.state === 'pending' && (row.nextAttemptAt ?? 0) <= now();
  const heads = () => {
    const seen = new Set<string>();
    return rows.filter(
      (row) => row.state === 'pending' && !seen.has(row.conversationId) && seen.add(row.conversationId),
    );
  };
  const inbox: Inbox = {
    list: ({ after = 0, limit = 100, states } = {}) =>
      Promise.resolve(
        rows.filter((row) => row.seq > after && (states === undefined || states.includes(row.state))).slice(0, limit),
      ),
    get: (id) => Promise.resolve(find(id) ?? null),
    deliver: () => {
      throw new Error('deliveries need a real mailbox');
    },
    due: ({ limit = 100 } = {}) =>
      Promise.resolve(
        heads()
          .filter(due)
          .slice(0, limit)
          .map((row) => ({ ...row })),
      ),
    nextDueAt: () => {
      const times = heads().map((row) => row.nextAttemptAt ?? 0);
      return times.length === 0 ? null : Math.min(...times);
    },
    ack: (id) =>
      find(id)?.state === 'delivered' || move(id, ['pending', 'dead'], { state: 'delivered', nextAttemptAt: null }),
    retryLater: (id, { error, retryAt }) =>
      move(id, ['pending'], { attempts: (find(id)?.attempts ?? 0) + 1, lastError: error, nextAttemptAt: retryAt }),
    postpone: (id, { reason, until }) => move(id, ['pending'], { lastError: reason, nextAttemptAt: until }),
    wakeAll: () => {
      const waiting = rows.filter((row) => row.state === 'pending' && (row.nextAttemptAt ?? 0) > now());
      for (const row of waiting) row.nextAttemptAt = now();
      return waiting.length;
    },
    bury: (id, error) => move(id, ['pending'], { state: 'dead', lastError: error, nextAttemptAt: null }),
    replay: (id) => {
      const done = move(id, ['dead'], { state: 'pending', attempts: 0, nextAttemptAt: now() });
      if (done) for (const listener of listeners) listener(find(id)!);
      return done;
    },
    replayAll: ({ limit = 1000 } = {}) =>
      rows
        .filter((row) => row.state === 'dead')
        .slice(0, limit)
        .filter((row) => inbox.replay(row.messageId)).length,
    discard: (id) => move(id, ['dead'], { state: 'discarded' }),
    lastSeq: () => rows.at(-1)?.seq ?? 0,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dropped: ({ limit = 100 } = {}) => dropped.slice(0, limit),
  };
  let reconsidered = 0;
  const written = new Map<string, { address: Address; since: number }>();
  const keyed = new Map<string, KeyedName>();
  const names: NameBook = {
    last: (name) => written.get(name) ?? null,
    remember: (name, address) => {
      if (written.get(name)?.address !== address) written.set(name, { address, since: now() });
    },
    keyed: (key) => keyed.get(key) ?? null,
    bind: (key, meaning) => keyed.get(key) ?? (keyed.set(key, meaning), meaning),
    release: (key) => void keyed.delete(key),
  };
  return {
    address: self,
    inboxId: status.inboxId,
    installationId: status.installationId,
    get client(): never {
      throw new Error('There is no SDK in memory.');
    },
    inbox,
    names,
    sends,
    send: (request) => {
      sends.push(request);
      return send(request);
    },
    status: () => status,
    reconsider: () => {
      reconsidered += 1;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    receive: (message) => {
      const seq = rows.length + 1;
      const row: InboundMessage = {
        seq,
        messageId: seq.toString(16).padStart(64, '0'),
        conversationId: 'c0'.repeat(16),
        conversationType: 'dm',
        senderInboxId: '33'.repeat(32),
        senderAddresses: [alice],
        contentType: 'xmtp.org/text:1.0',
        contentBytes: 10,
        sentAt: now(),
        sender: 'allowlisted',
        receivedAt: now(),
        historical: false,
        state: 'pending',
        attempts: 0,
        nextAttemptAt: now(),
        lastError: null,
        text: `message ${seq}`,
        replyTo: null,
        ...message,
      };
      rows.push(row);
      for (const listener of listeners) listener(row);
      return row;
    },
    onSend: (next) => {
      send = next;
    },
    setStatus: (part) => {
      status = { ...status, ...part };
    },
    setDropped: (next) => {
      dropped = next;
    },
    get listeners() {
      return listeners.size;
    },
    get reconsidered() {
      return reconsidered;
    },
  };
}
