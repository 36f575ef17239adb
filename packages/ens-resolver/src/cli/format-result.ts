import { printableJson } from '@xmtp-messaging/errors';
import type { ResolveError } from '../errors.ts';
import type { BatchResult } from '../resolve-many.ts';

/** One line for people; failures go to the error stream. */
export function formatText(result: BatchResult): string {
  if (!result.ok) return `${result.error.code}: ${result.error.message.replaceAll(/\n+/g, ' ')}`;
  const { name, address, source, verified, normalized } = result.resolution;
  const marks = [source, verified ? 'verified' : 'unverified', ...(normalized ? ['normalized'] : [])];
  return `${name ?? address}  ${address}  ${marks.join(', ')}`;
}

/** One JSON line for programs. */
export function formatJson(result: BatchResult): string {
  if (result.ok) return printableJson({ ok: true, ...result.resolution });
  return printableJson({ ok: false, input: result.input, error: describe(result.error) });
}

function describe(error: ResolveError) {
  const { code, message, source, retryable, status, retryAfterMs, answers } = error;
  return { code, message, source, retryable, status, retryAfterMs, ...(answers.length === 0 ? {} : { answers }) };
}
