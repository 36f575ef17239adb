/** What a check found. */
export interface Finding {
  /** Stable; programs decide by it. */
  check: string;
  level: 'ok' | 'warn' | 'fail';
  message: string;
  /** What to do; `null` when nothing has to be done. */
  next: string | null;
  /** `--fix` did it. */
  fixed?: true;
}

/** An agent, its settings, and where its things are. */
export interface Subject {
  /** Name in the team file, or of the wallet. */
  name: string;
  /** Of its server. */
  env: Readonly<Record<string, string | undefined>>;
  /** Whether `--fix` may mend what is safe to mend. */
  fix: boolean;
}

export const ok = (check: string, message: string): Finding => ({ check, level: 'ok', message, next: null });
export const warn = (check: string, message: string, next: string): Finding => ({
  check,
  level: 'warn',
  message,
  next,
});
export const fail = (check: string, message: string, next: string): Finding => ({
  check,
  level: 'fail',
  message,
  next,
});
