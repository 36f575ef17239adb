import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from './metrics-types.ts';
import type { Gauges } from './read-gauges.ts';

/** As `createMetrics` takes them. */
export function createPromMetrics(
  gauges: () => Gauges,
  warnings: () => readonly string[],
  { ofProcess }: { ofProcess: boolean },
): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const seconds = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600], registers: [registry] });

  const requests = seconds('xmtp_http_request_seconds', 'HTTP requests by route and status.', [
    'method',
    'route',
    'status',
  ]);
  const sends = counter('xmtp_sends_total', 'Messages that callers asked to send, by result.', ['result']);
  const accepted = counter('xmtp_messages_accepted_total', 'Messages accepted, by standing of the sender.', ['sender']);
  const dropped = counter('xmtp_messages_dropped_total', 'Messages turned away, by reason.', ['reason']);
  const findings = counter('xmtp_message_findings_total', 'What the guard noticed in messages, by kind.', ['finding']);
  const deliveries = seconds('xmtp_delivery_seconds', 'Attempts to deliver, by result.', ['channel', 'result']);
  const replies = counter('xmtp_replies_total', 'Automatic replies, by result.', ['result']);

  for (const [name, help] of Object.entries(gaugeHelp)) {
    const key = name as keyof Gauges;
    const gauge: Gauge = new Gauge({
      name: `xmtp_${name}`,
      help,
      registers: [registry],
      // The network's are the same for all agents of the process.
      ...(isOfNetwork(key) ? { aggregator: 'first' as const } : {}),
      collect() {
        gauge.set(gauges()[key]);
      },
    });
  }

  const warning: Gauge<'code'> = new Gauge({
    name: 'xmtp_warning',
    help: '1 for each warning that GET /xmtp/status shows.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      warning.reset();
      for (const code of new Set(warnings())) warning.set({ code }, 1);
    },
  });

  return {
    request: ({ method, route, status, seconds: took }) =>
      requests.observe({ method, route, status: String(status) }, took),
    send: (result) => sends.inc({ result }),
    accepted: (sender) => accepted.inc({ sender }),
    dropped: (reason) => dropped.inc({ reason }),
    finding: (finding) => findings.inc({ finding }),
    delivery: ({ channel, result, seconds: took }) => deliveries.observe({ channel, result }, took),
    reply: (result) => replies.inc({ result }),
    render: async () => ({ text: await registry.metrics(), type: registry.contentType }),
    collect: () => registry.getMetricsAsJSON(),
  };
}

/** Whether it counts for all mailboxes of the process together. @param name With or without `xmtp_` before it. */
export const isOfNetwork = (name: string): boolean => /^(?:xmtp_)?network_/u.test(name);

const gaugeHelp: Readonly<Record<keyof Gauges, string>> = {
  connected: '1 while the mailbox is connected.',
  inbox_pending: 'Accepted messages that the agent has not acknowledged.',
  inbox_dead: 'Dead letters.',
  inbox_oldest_pending_seconds: 'Age of the oldest message that waits.',
  conversations_open: 'Conversations that are listened to.',
  conversations_denied: 'Conversations in which nobody may be heard.',
  outbox_queued: 'Sends that wait.',
  outbox_unsettled: 'Sends whose outcome is not known yet.',
  installations_used: 'Installations of the inbox, of 10.',
  identity_updates_used: 'Identity updates of the inbox, of 256.',
  allowlist_entries: 'Senders on the allowlist.',
  last_sync_age_seconds: 'Time since the last sync that succeeded; -1 for never.',
  receiving_ok: '0 while the last work of receiving failed.',
  sending_ok: '0 while the last work of sending failed.',
  identity_ok: '0 while the last look-up of a sender or of our own standing failed.',
  storage_ok: '0 while the journal cannot be written.',
  database_bytes: 'Bytes of xmtp.db with its log.',
  journal_bytes: 'Bytes of journal.db with its log.',
  network_reads: 'Queries of the network since the start, of all mailboxes of the process.',
  network_reads_left: 'Queries that the network should still take from this address; -1 without a known limit.',
  network_writes: 'Publications since the start, of all mailboxes of the process.',
  network_writes_left: 'Publications that the network should still take; -1 without a known limit.',
  network_minute_used: 'Calls of the last minute.',
  network_minute_limit: 'Calls of one minute that the SDK lets through.',
  network_refusals: 'Times that the network refused for its limit.',
  network_waiting: 'Calls that wait for their turn.',
  network_silent_seconds: 'For so long no call is made; 0 while calls are made.',
};
