import type { Printer } from './create-printer.ts';
import { formatStatus, statusNotes, type StatusRow, statusValue } from './format-status.ts';

/** Shows a team once: a table and what should be read, or one object. */
export function showTeam(print: Printer, rows: readonly StatusRow[]): void {
  print.value({ ok: rows.every(({ status }) => status?.connected === true), agents: rows.map(statusValue) });
  print.line(formatStatus(rows, print));
  const notes = statusNotes(rows);
  if (notes.length > 0) print.line();
  for (const note of notes) print.line(note);
}
