import { printable } from '@xmtp-messaging/errors';
import type { SeenServer, TableStatus } from '../servers/read-status.ts';
import type { AgentState } from '../team/run-state.ts';
import { type Column, formatTable } from './format-table.ts';
import type { Printer } from './create-printer.ts';
import { someOf } from './some-of.ts';

/** One agent of the table: what is known of its server, and of the process that runs it. */
export interface StatusRow extends Omit<SeenServer, 'status'> {
  status: TableStatus | null;
  process: AgentState | null;
}

/** The word for how an agent stands. */
export function stateOf({ status, process, why }: StatusRow): string {
  if (status !== null) return status.state;
  if (process?.gaveUp) return 'failed';
  if (process !== null) return process.pid === null && process.lastExit !== null ? 'restarting' : 'starting';
  return why === 'UNAUTHORIZED' ? 'token wanted' : 'not running';
}

/** Beginning and end: enough to know an address that one has seen before. */
const short = (address: string | null) =>
  address === null || address.length < 20 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`;

/** The table of `status` and `up`. */
export function formatStatus(rows: readonly StatusRow[], { style, width }: Pick<Printer, 'style' | 'width'>): string {
  const addressOf = ({ server, status }: StatusRow) => status?.address ?? server.address;
  const colours: Record<string, Parameters<Printer['style']>[0]> = { connected: 'green', starting: 'yellow' };
  const columns: Column<StatusRow>[] = [
    { heading: 'AGENT', cell: ({ server }) => server.name },
    { heading: 'ADDRESS', cell: addressOf, narrow: (row) => short(addressOf(row)) },
    { heading: 'PORT', cell: ({ server }) => new URL(server.url).port, narrow: null },
    { heading: 'MODE', cell: ({ status }) => status?.mode ?? null, narrow: null },
    {
      heading: 'STATE',
      cell: stateOf,
      paint: (text, row) => style(colours[stateOf(row)] ?? 'red', text),
    },
    { heading: 'PENDING', cell: ({ status }) => status?.inbox?.pending ?? null, narrow: null },
    {
      heading: 'DEAD',
      narrow: null,
      cell: ({ status }) => status?.inbox?.dead ?? null,
      paint: (text, { status }) => ((status?.inbox?.dead ?? 0) > 0 ? style('red', text) : text),
    },
    { heading: 'RESTARTS', cell: ({ process }) => process?.restarts ?? null, narrow: null },
  ];
  return formatTable(rows, columns, width);
}

/** The same for programs. */
export function statusValue(row: StatusRow): object {
  const { server, status, process } = row;
  return {
    agent: server.name,
    url: server.url,
    address: status?.address ?? server.address,
    state: stateOf(row),
    connected: status?.connected ?? false,
    mode: status?.mode ?? null,
    pending: status?.inbox?.pending ?? null,
    dead: status?.inbox?.dead ?? null,
    reason: status?.reason ?? null,
    warnings: status?.warnings ?? [],
    pid: process?.pid ?? null,
    restarts: process?.restarts ?? null,
    lastExit: process?.lastExit ?? null,
  };
}

/** What somebody should read: why an agent is not connected, and what its server warns of. What holds for many is said once. */
export function statusNotes(rows: readonly StatusRow[]): string[] {
  const said = new Map<string, string[]>();
  for (const { server, status, process } of rows) {
    const { reason = null, warnings = [] } = status ?? {};
    const notes = [
      ...(reason === null ? [] : [`${reason.message} ${reason.hint}`]),
      ...warnings.map(({ message, hint }) => `${message} ${hint}`),
      ...(process?.gaveUp ? [`its server ended with ${process.lastExit}. See its log.`] : []),
    ];
    for (const note of notes) said.set(note, [...(said.get(note) ?? []), server.name]);
  }
  return Array.from(said, ([note, names]) => printable(`${someOf(names, 3)}: ${note}`));
}
