import { causesOf, isBaseError } from '@xmtp-messaging/errors';
import { exitCodes } from '../exit-codes.ts';
import { CliError } from '../errors.ts';

/** An error as `--json` prints it: its code, its sentence, what to do, and the codes behind it. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!isBaseError(error)) return { code: 'INTERNAL', message: error instanceof Error ? error.name : 'unknown' };
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
export function explainError(error: Error): string {
  const lines = [error.message];
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

export function exitCodeOf(error: unknown): number {
  if (!isBaseError(error)) return exitCodes.failed;
  if (error.code === 'NOT_RUNNING') return exitCodes.notRunning;
  if (error instanceof CliError && error.facts['status'] === 504) return exitCodes.unknown;
  return usage.has(error.code) ? exitCodes.usage : exitCodes.failed;
}
