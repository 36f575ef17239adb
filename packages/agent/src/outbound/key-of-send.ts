import { randomUUID } from 'node:crypto';
import { AgentError } from '../errors.ts';

/** The key of a send. */
export interface SendKey {
  /** As the mailbox has it: apart from the keys of other kinds of callers. */
  key: string;
  /** As the caller gave it, or a new one. */
  callersKey: string;
  /** Whether the caller had it before it asked. */
  isCallersKey: boolean;
}

/** What of 255 characters is left beside the key space. */
const longest = 200;

/** @throws AgentError INVALID_REQUEST: an empty key would be that of every request that has none */
export function keyOfSend(keySpace: string, idempotencyKey: string | undefined): SendKey {
  const isCallersKey = idempotencyKey !== undefined;
  if (
    isCallersKey &&
    (typeof idempotencyKey !== 'string' || !(idempotencyKey.length > 0 && idempotencyKey.length <= longest))
  ) {
    throw new AgentError({
      code: 'INVALID_REQUEST',
      metaMessages: [`idempotencyKey must have 1 to ${longest} characters.`],
    });
  }
  const callersKey = idempotencyKey ?? randomUUID();
  return { key: `${keySpace}:${callersKey}`, callersKey, isCallersKey };
}
