import { causesOf } from '@xmtp-messaging/errors';
import { type DestinationStream, type Logger, pino } from 'pino';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export type { Logger };

/** How to log. */
export interface LoggerOptions {
  /** @default 'info' */
  level?: LogLevel | undefined;
  /** Where the lines go. @default standard output */
  destination?: DestinationStream | undefined;
  /** Makes of each line what people read. @default as it is, for programs */
  format?: ((line: string) => string) | undefined;
}

/**
 * Structured logs, one JSON object a line. Callers log ids, codes and counts; the redaction below is the second
 * line of defence, for a field that should never have been passed.
 */
export function createLogger(options: LoggerOptions = {}): Logger {
  const { level = 'info', format, destination: to = standardOutput } = options;
  const destination = format === undefined ? to : { write: (line: string) => to.write(`${format(line.trimEnd())}\n`) };
  const settings = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['text', 'message', 'token', 'credential', 'secret', 'secrets', 'authorization'].flatMap((key) => [
        key,
        `*.${key}`,
      ]),
      censor: '[redacted]',
    },
    // An error's stack may quote what it was given; code and name are enough to find the cause.
    serializers: { err: describeError },
    // Otherwise pino copies the message of `err` into `msg`, past the serializer.
    errorKey: 'never',
  };
  return pino(settings, destination);
}

// Not pino's own writer: at the end it writes again and again to a pipe that nobody reads any more, and never ends.
const standardOutput: DestinationStream = { write: (line) => void process.stdout.write(line) };

/** What may be said of an error in a log: its kind, never its message unless it is one of ours. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const said = 'shortMessage' in error && typeof error.shortMessage === 'string' ? { summary: error.shortMessage } : {};
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8);
  const causes = causesOf(error);
  return {
    name: error.name,
    ...code,
    ...said,
    ...(causes.length === 0 ? {} : { causes }),
    ...('shortMessage' in error ? {} : { at: frames }),
  };
}
