/** One error behind another: its name and its code, never its message. */
export interface NamedCause {
  /** The `name` of the error, such as `TypeError`. */
  name: string;
  /** A code of ours, an `errno` name, or a result code of SQLite. */
  code?: string | undefined;
}

/** The errors behind an error, the nearest first. */
export function causesOf(error: unknown): NamedCause[] {
  const found: NamedCause[] = [];
  const seen = new Set<unknown>([error]);
  for (let cause = causeOf(error); cause instanceof Error && !seen.has(cause); cause = causeOf(cause)) {
    seen.add(cause);
    found.push({ name: cause.name, ...codeOf(cause) });
  }
  return found;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

function codeOf(error: Error): { code?: string } {
  if ('errcode' in error && typeof error.errcode === 'number') return { code: `SQLITE_${error.errcode}` };
  return 'code' in error && typeof error.code === 'string' && /^[A-Za-z0-9_]{1,64}$/.test(error.code)
    ? { code: error.code }
    : {};
}
