import { type BaseError, causesOf, isBaseError } from '@xmtp-messaging/errors';
import { errnoOf, fromSystemError } from '@xmtp-messaging/errors/files';
import { exitCodes } from '../exit-codes.ts';
import { CliError } from '../errors.ts';

/**
 * Whatever went wrong as an error of ours: what the operating system said of a file, or a fault of this program, of which where it
 * happened is told and not its words, which may hold anything.
 */
export function asKnownError(error: unknown): BaseError {
  if (isBaseError(error)) return error;
  if (errnoOf(error) !== null && error instanceof Error && 'path' in error && typeof error.path === 'string')
    return fromSystemError(error.path, error);
  const { name = 'Error', stack = '' } = error instanceof Error ? error : {};
  const place = /[\w-]+\.[jt]s:\d+/u.exec(stack.slice(stack.indexOf('\n    at ')))?.[0] ?? 'an unknown place';
  return new CliError({ code: 'INTERNAL', facts: { fault: `${errnoOf(error) ?? name} at ${place}` } });
}

/** An error as `--json` prints it: its code, its sentence, what to do, and the codes behind it. */
export function describeError(error: BaseError): Record<string, unknown> {
  const issues = 'issues' in error ? { issues: error.issues } : {};
  const facts = error instanceof CliError ? error.facts : {};
  return {
    code: error.code,
    message: error.shortMessage,
    details: error.metaMessages,
    causes: causesOf(error).map(({ name, code }) => code ?? name),
    ...issues,
    ...facts,
  };
}

/** An error for people, with the sentences of what is behind it: a wrapped error alone would not say why. */
export function explainError(error: BaseError): string {
  const lines = [error.message];
  if (error instanceof CliError && typeof error.facts['fault'] === 'string') lines.push(error.facts['fault']);
  const seen = new Set<unknown>([error]);
  for (let cause = error.cause; cause instanceof Error && !seen.has(cause); cause = cause.cause) {
    seen.add(cause);
    if (isBaseError(cause)) lines.push(`Because: ${cause.shortMessage}`, ...cause.metaMessages);
  }
  return lines.join('\n');
}

const usage: ReadonlySet<string> = new Set([
  'AGENT_UNCLEAR',
  'AGENT_UNKNOWN',
  'ARGUMENT_INVALID',
  'TEAM_NOT_FOUND',
  'TEAM_SYNTAX',
  'TEAM_INVALID',
  'TEAM_TOO_LARGE',
  'TEAM_UNREADABLE',
  'UNKNOWN_AGENT',
  'ENV_UNREADABLE',
  'WALLET_INVALID',
  'WALLET_SHARED',
]);

export function exitCodeOf(error: BaseError): number {
  if (error.code === 'NOT_RUNNING') return exitCodes.notRunning;
  if (error instanceof CliError && error.facts['status'] === 504) return exitCodes.unknown;
  return usage.has(error.code) ? exitCodes.usage : exitCodes.failed;
}
