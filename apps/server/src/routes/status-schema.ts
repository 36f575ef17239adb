import { z } from '@hono/zod-openapi';

const time = z.string().nullable().meta({ description: 'ISO 8601.' });
const used = z.object({ used: z.int(), limit: z.int() });
const left = z.object({ left: z.int(), limit: z.int() }).nullable();
const direction = z.object({
  state: z.enum(['ok', 'failing', 'unknown']),
  lastOkAt: time,
  error: z.object({ code: z.string(), message: z.string(), at: time }).nullable(),
});
const list = z
  .object({
    state: z.enum(['ready', 'unreadable']),
    count: z.int(),
    loadedAt: time,
    error: z
      .object({ code: z.string(), message: z.string(), line: z.int().optional(), column: z.int().optional() })
      .nullable(),
  })
  .nullable();

const bell = z
  .object({ enabled: z.boolean(), up: z.boolean(), lastRingAt: time, since: time, reason: z.string().nullable() })
  .nullable();
const inbox = z
  .object({
    pending: z.int(),
    dead: z.int(),
    delivered: z.int(),
    dropped: z.int(),
    oldestPendingAt: time,
    waiting: z.array(z.object({ reason: z.string(), count: z.int(), since: time })).meta({
      description: 'Messages that are neither heard nor dropped yet, by the reason why that cannot be decided.',
    }),
  })
  .nullable();
/** Everything about the health of an agent. */
export const statusSchema = z
  .object({
    connected: z.boolean().meta({
      description: 'True only while the last sync is recent and the last real work of every direction succeeded.',
    }),
    name: z.string().meta({ description: 'What people call this agent: XMTP_AGENT, else its wallet.' }),
    address: z.string().nullable().meta({ description: '`null` until the wallet has been asked.' }),
    state: z.enum(['starting', 'connected', 'degraded', 'rate-limited', 'failed', 'closing', 'closed']),
    reason: z
      .object({ code: z.string(), message: z.string(), hint: z.string(), causes: z.array(z.string()) })
      .nullable()
      .meta({ description: 'Why it is not connected, what to do, and the codes of the errors behind it.' }),
    warnings: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })).meta({
      description: 'What an operator should not overlook, the most pressing first: what it is, and what to do.',
    }),
    env: z.string(),
    mode: z.enum(['closed', 'open']),
    boundaryMode: z.string(),
    inboxId: z.string().nullable(),
    installationId: z.string().nullable(),
    opening: z.object({ attempts: z.int(), nextAttemptAt: time }),
    lastSyncAt: time,
    bell,
    stream: bell.meta({ deprecated: true, description: 'The same as `bell`, by its name of before.' }),
    directions: z
      .object({ receiving: direction, sending: direction, identity: direction, storage: direction })
      .nullable()
      .meta({ description: 'What the last real work of each kind showed.' }),
    budget: z
      .object({
        reads: left,
        writes: left,
        calls: z.object({ reads: z.int(), writes: z.int() }),
        minute: used,
        refusals: z.int(),
        waiting: z.int(),
        silentUntil: time.meta({ description: 'No call is made before: the network is to take some again.' }),
      })
      .nullable()
      .meta({ description: 'Calls to the network, by the count of this process; see the limits in the README.' }),
    inbox,
    journal: inbox.meta({ deprecated: true, description: 'The same as `inbox`, by its name of before.' }),
    conversations: z
      .object({
        open: z.int(),
        deniedGroups: z
          .int()
          .meta({ description: 'Groups in which nobody may be heard. GET /xmtp/knocks lists them.' }),
        denied: z
          .int()
          .meta({ description: 'Nobody who may be heard is in them: what is posted there is not fetched.' }),
      })
      .nullable(),
    outbox: z
      .object({
        queued: z.int(),
        unsettled: z.int(),
        oldestUnsettledMs: z.int().nullable().meta({ description: 'For how long the oldest is unsettled.' }),
      })
      .nullable(),
    disk: z
      .object({ free: z.int(), total: z.int() })
      .nullable()
      .meta({ description: 'Of the home folder, bytes; `null` when it is not known.' }),
    storage: z
      .object({ databaseBytes: z.int(), journalBytes: z.int() })
      .nullable()
      .meta({ description: 'What messages and journal take on the disk, with their logs.' }),
    installations: used.nullable(),
    identityUpdates: used.extend({ warning: z.boolean() }).nullable(),
    allowlist: list,
    denylist: list,
    grouplist: list,
    groups: z
      .enum(['listed-senders', 'listed-groups', 'off'])
      .meta({ description: 'In which groups those on the allowlist are heard.' }),
    drifts: z.array(z.object({ name: z.string(), address: z.string(), leadsTo: z.string(), since: time })),
    delivery: z
      .object({
        channel: z.enum(['webhook', 'rest-ap', 'exec']),
        state: z.enum(['running', 'disabled', 'stopped']),
        inFlight: z.int(),
        failing: z
          .int()
          .meta({ description: 'Conversations whose oldest message failed and waits for another attempt.' }),
        heldBack: z.int().meta({ description: 'Conversations that the loop guard makes wait.' }),
        mixedGroups: z.object({ heldBack: z.int(), lastAt: time }).meta({
          description: 'Answers not sent since the start, because somebody in the group may not be heard.',
        }),
        lastError: z.object({ message: z.string(), at: time }).nullable(),
        lastDeliveredAt: time,
      })
      .nullable(),
    loopGuard: z.object({
      heldBack: z.int().meta({ description: 'Messages and replies held back since the start.' }),
      waiting: z.int().meta({ description: 'Conversations that wait now.' }),
    }),
    lastError: z.object({ code: z.string(), message: z.string(), hint: z.string(), at: time }).nullable(),
    version: z.string(),
    startedAt: time,
    now: time,
  })
  .meta({ id: 'Status' });
