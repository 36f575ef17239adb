import type { Logger } from './create-logger.ts';

/** A line of the log that says that something went wrong. */
export interface KeptProblem {
  /** Counts up from 1. */
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
  level: 'warn' | 'error';
  event: string;
  code: string | null;
  /** What else the line said, in words: no text of a message, no secret, as of every line of the log. */
  detail: string | null;
}

/** A logger, and the last problems that it was told. */
export interface ProblemKeeper {
  logger: Logger;
  /** Oldest first. */
  problems: () => readonly KeptProblem[];
}

const maxKept = 100;
const maxDetail = 300;
const told = ['summary', 'note', 'problem', 'hint', 'name', 'status', 'conversationId', 'messageId', 'causes'];

/** Keeps the last warnings and errors of a log in memory, for whoever looks at the page instead of the log. */
export function keepProblems(logger: Logger, now: () => number): ProblemKeeper {
  const kept: KeptProblem[] = [];
  let seq = 0;
  const keep = (level: 'warn' | 'error') => (fields: Readonly<Record<string, unknown>>) => {
    logger[level](fields);
    const { event, code } = fields;
    const words = told.flatMap((key) => {
      const value = fields[key];
      return ['string', 'number'].includes(typeof value) || Array.isArray(value) ? [String(value)] : [];
    });
    seq += 1;
    kept.push({
      seq,
      at: now(),
      level,
      event: typeof event === 'string' ? event : 'unknown',
      code: typeof code === 'string' ? code : null,
      detail: words.length === 0 ? null : words.join(' · ').slice(0, maxDetail),
    });
    if (kept.length > maxKept) kept.shift();
  };
  const wrapped = Object.assign(Object.create(logger) as Logger, { warn: keep('warn'), error: keep('error') });
  return { logger: wrapped, problems: () => kept };
}
