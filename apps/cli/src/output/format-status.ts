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
      ...(status === null && process !== null ? endOf(process) : []),
    ];
    for (const note of notes) said.set(note, [...(said.get(note) ?? []), server.name]);
  }
  return Array.from(said, ([note, names]) => printable(`${someOf(names, 3)}: ${note}`));
}

/** Exit codes of a server that somebody outside has to do something about. */
const outside: Readonly<Record<string, (port: number) => string>> = {
  4: (port) =>
    `another program has port ${port}. Stop that one, or give this agent a port of its own (PORT in .env.NAME).`,
  5: () =>
    'another process has its mailbox open: perhaps another team, with the same wallet. Stop that one, or take another wallet.',
};

/** What is known of a server that has ended. */
function endOf({ lastExit, gaveUp, port }: AgentState): string[] {
  if (lastExit === null) return [];
  const why = outside[lastExit]?.(port) ?? `its server ended with ${lastExit}. See its log.`;
  return [gaveUp ? why : `${why} It is started again by itself.`];
}

/** Whether waiting alone changes nothing for an agent that is not connected. */
export function needsSomebody(row: StatusRow): boolean {
  if (row.status !== null) return row.status.state === 'failed';
  const { gaveUp = false, lastExit = null, restarts = 0 } = row.process ?? {};
  // One that has ended once may do better the next time.
  return gaveUp || (lastExit !== null && (Object.hasOwn(outside, lastExit) || restarts > 2));
}
