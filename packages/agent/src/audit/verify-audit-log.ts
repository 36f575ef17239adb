import { parseJson } from '@xmtp-messaging/errors';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { type AuditLine, auditLineSchema } from './audit-line-schema.ts';
import { hashOf, noLine } from './hash-of.ts';

/** What a log holds, and whether it is as it was written. */
export interface AuditVerdict {
  /** Whether every line is as it was written. */
  ok: boolean;
  /** Every line up to the first that is not as it was written. */
  lines: readonly AuditLine[];
  /** Hash of the last sound line: compare it with one that was kept elsewhere, for a cut end shows in no chain. */
  head: string;
  /** The first line that is not as it was written, from 1. */
  brokenAt: number | null;
  /** Bytes that belong to whole lines; a crash may leave part of one behind them. */
  wholeBytes: number;
}

/** Larger logs are refused, in bytes: more than a million changes. */
export const maxAuditBytes = 512 * 1024 * 1024;

/**
 * Checks the chain of an audit log. A line that was altered, taken out or put in breaks it there.
 * @throws FileError FILE_UNSAFE, FILE_TOO_LARGE, or what the operating system said
 */
export function verifyAuditLog(path: string): AuditVerdict {
  const bytes = readPrivateFileSync(path, { others: 'nothing', maxBytes: maxAuditBytes })?.bytes ?? Buffer.alloc(0);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const rows = bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1);
  const lines: AuditLine[] = [];
  let head = noLine;
  for (const [index, row] of rows.entries()) {
    const raw = parseJson(row);
    const parsed = auditLineSchema.safeParse(raw);
    const isSound =
      parsed.success &&
      JSON.stringify(raw) === row &&
      parsed.data.seq === index + 1 &&
      parsed.data.previous === head &&
      hashOf(raw as AuditLine) === parsed.data.hash;
    if (!isSound) return { ok: false, lines, head, brokenAt: index + 1, wholeBytes };
    lines.push(parsed.data);
    head = parsed.data.hash;
  }
  return { ok: true, lines, head, brokenAt: null, wholeBytes };
}
