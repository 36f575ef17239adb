import { printable } from '@xmtp-messaging/errors';
import type { SeenServer, TableStatus } from '../servers/read-status.ts';
import type { AgentState } from '../team/run-state.ts';
import { formatTable } from './format-table.ts';
import type { Printer } from './create-printer.ts';

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

/** The table of `status` and `up`. */
export function formatStatus(rows: readonly StatusRow[], { style }: Pick<Printer, 'style'>): string {
  const colours: Record<string, Parameters<Printer['style']>[0]> = { connected: 'green', starting: 'yellow' };
  return formatTable(rows, [
    { heading: 'AGENT', cell: ({ server }) => server.name },
    { heading: 'ADDRESS', cell: ({ server, status }) => status?.address ?? server.address },
    { heading: 'PORT', cell: ({ server }) => new URL(server.url).port },
    { heading: 'MODE', cell: ({ status }) => status?.mode ?? null },
    {
      heading: 'STATE',
      cell: stateOf,
      paint: (text, row) => style(colours[stateOf(row)] ?? 'red', text),
    },
    { heading: 'PENDING', cell: ({ status }) => status?.inbox?.pending ?? null },
    {
      heading: 'DEAD',
      cell: ({ status }) => status?.inbox?.dead ?? null,
      paint: (text, { status }) => ((status?.inbox?.dead ?? 0) > 0 ? style('red', text) : text),
    },
    { heading: 'RESTARTS', cell: ({ process }) => process?.restarts ?? null },
  ]);
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

/** What somebody should read: why an agent is not connected, and what its server warns of. */
export function statusNotes(rows: readonly StatusRow[]): string[] {
  return rows.flatMap(({ server, status, process }) => {
    const { reason = null, warnings = [] } = status ?? {};
    const notes = [
      ...(reason === null ? [] : [`${server.name}: ${reason.message} ${reason.hint}`]),
      ...warnings.map(({ message, hint }) => `${server.name}: ${message} ${hint}`),
      ...(process?.gaveUp ? [`${server.name}: its server ended with ${process.lastExit}. See its log.`] : []),
    ];
    return notes.map(printable);
  });
}
