import type { Row } from '../harness/to-row.ts';
import type { Run } from '../harness/run-suites.ts';
import { formatNumber } from './format.ts';

/** What one line of the table says to somebody who wants to use this. */
interface Statement {
  what: string;
  name: string;
  measure: string;
  unit: string;
  /** Peers to name, in this order, and how. */
  beside: Readonly<Record<string, string>>;
}

const senders = { gateway: 'a gateway of Hono and the SDK', naive: '`sendText` in process' };
const receivers = { 'safe stream': "the SDK's stream made safe", stream: "the SDK's bare stream" };

const statements: readonly Statement[] = [
  { what: 'one caller, one recipient', name: 'send.c1', measure: 'messages/s', unit: 'messages/s', beside: senders },
  { what: '64 callers, one recipient', name: 'send.c64', measure: 'messages/s', unit: 'messages/s', beside: senders },
  {
    what: '64 callers, 32 recipients',
    name: 'send.fanout',
    measure: 'messages/s',
    unit: 'messages/s',
    beside: senders,
  },
  {
    what: 'the same, 50 ms to the network',
    name: 'send.fanout.50ms',
    measure: 'messages/s',
    unit: 'messages/s',
    beside: senders,
  },
  { what: 'a message reaches the agent', name: 'receive.latency', measure: 'ms, p50', unit: 'ms', beside: receivers },
  {
    what: 'the slowest hundredth of them',
    name: 'receive.latency',
    measure: 'ms, p99',
    unit: 'ms',
    beside: receivers,
  },
  {
    what: 'the same, 50 ms to the network',
    name: 'receive.latency.50ms',
    measure: 'ms, p50',
    unit: 'ms',
    beside: receivers,
  },
  {
    what: 'a question is answered, by a webhook',
    name: 'round-trip',
    measure: 'ms, p50',
    unit: 'ms',
    beside: { 'agent-sdk': 'the agent SDK' },
  },
  {
    what: 'what waits at a start is read',
    name: 'catchup',
    measure: 'messages/s to the consumer',
    unit: 'messages/s',
    beside: { 'sync + list': 'the bare SDK' },
  },
  { what: 'a start', name: 'start', measure: 'ms to connected', unit: 'ms', beside: { 'bare SDK': 'the bare SDK' } },
  {
    what: 'one idle agent',
    name: 'memory',
    measure: 'MB, one idle agent',
    unit: 'MB',
    beside: { 'bare SDK': 'the bare SDK' },
  },
  {
    what: 'each further agent in its process',
    name: 'memory',
    measure: 'MB, each further agent in the process',
    unit: 'MB',
    beside: { 'bare SDK': 'the bare SDK' },
  },
];

function toLine({ what, name, measure, unit, beside }: Statement, rows: readonly Row[]): string[] {
  const found = rows.filter((row) => row.name === name && row.measure === measure);
  const [first] = found;
  if (first === undefined) return [];
  const peers = Object.entries(beside).flatMap(([peer, said]) => {
    const value = found.find((row) => row.peer?.name === peer)?.peer?.value.median;
    return value === undefined ? [] : `${said} ${formatNumber(value)}`;
  });
  return [`| ${what} | ${formatNumber(first.ours.median)} ${unit} | ${peers.join('; ')} |`];
}

/** The table that leads docs/performance.md: what somebody wants to know who does not care how it was measured. */
export function toSummary(run: Run): string {
  const lines = statements.flatMap((statement) => toLine(statement, run.rows));
  return ['| | this project | beside it |', '| --- | --- | --- |', ...lines, ''].join('\n');
}
