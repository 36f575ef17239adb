/** What a date is compared with. */
export interface RetryAfterOptions {
  /** Milliseconds since the epoch, where the answer has no `Date`. */
  now: number;
  /** The `Date` header of the same answer: by the clock of whoever wrote both, ours may be wrong. @default none */
  date?: string | null | undefined;
  /** The longest wait that is believed, milliseconds. @default 3_600_000 */
  maxMs?: number | undefined;
}

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or a date.
 * @returns Milliseconds to wait, or `null` when absent or unreadable.
 */
export function parseRetryAfter(header: string | null | undefined, options: RetryAfterOptions): number | null {
  const { now, maxMs = 3_600_000 } = options;
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/u.test(text)) return Math.min(maxMs, Number(text) * 1000);
  const until = parseDate(text);
  return until === null ? null : Math.min(maxMs, Math.max(0, until - (parseDate(options.date ?? '') ?? now)));
}

/** A date as HTTP writes it; `Date.parse` alone takes nearly any text. */
function parseDate(text: string): number | null {
  const time = /^[A-Za-z]{3,9},? /u.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}
