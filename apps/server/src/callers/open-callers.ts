import { join } from 'node:path';
import type { AuditRecord } from '@xmtp-messaging/agent';
import { isBaseError } from '@xmtp-messaging/errors';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { readSecretFile } from '../config/read-secret-file.ts';
import type { SecretFileSetting, ServerConfig } from '../config/types.ts';
import type { Logger } from '../log/create-logger.ts';
import { type Callers, createCallers } from './create-callers.ts';
import { createPageSessions, type PageSessions } from './create-page-sessions.ts';
import { createTokenSource, type TokenText } from './create-token-source.ts';

/** What callers are told by. */
export interface OpenCallersOptions {
  http: ServerConfig['http'];
  /** Whether others than programs of this machine reach the server. */
  isPublic: boolean;
  /** The home folder; `null` before it is known. */
  home: () => string | null;
  logger: Logger;
  /** Told of a change of the tokens. */
  audit: (record: AuditRecord) => void;
  now: () => number;
}

/** The callers of a server, and the text of every token that it knows, so that none leaves in an answer. */
export function openCallers(options: OpenCallersOptions): {
  callers: Callers;
  sessions: PageSessions;
  secrets: () => string[];
} {
  const { http, isPublic, home, logger, now } = options;
  const ofAgent = textOf(http.token, http.tokenFile);
  const ofOperator = textOf(http.operatorToken, http.operatorTokenFile) ?? (() => readHomeToken(home()));
  const sourceOf = (read: () => TokenText, caller: string) =>
    createTokenSource({
      read,
      allowWeak: !isPublic,
      onProblem: (problem) => logger.error({ event: 'token-not-taken', caller, problem }),
      onChange: (count) => options.audit({ by: 'file', action: 'tokens-changed', caller, count }),
      now,
    });
  const operator = sourceOf(ofOperator, 'operator');
  const sessions = createPageSessions(operator, now);
  return {
    sessions,
    callers: createCallers({
      operator,
      sessions,
      agent: ofAgent === null ? null : sourceOf(ofAgent, 'agent'),
    }),
    secrets: () =>
      [ofAgent?.() ?? null, ofOperator()].flatMap((found) =>
        found?.ok === true ? found.secret.split(/\s+/u).filter((word) => word.length >= 16) : [],
      ),
  };
}

/** `null` when neither is set. */
function textOf(text: string | undefined, file: SecretFileSetting | undefined): (() => TokenText) | null {
  if (file !== undefined) return () => readSecretFile(file.path, file);
  return text === undefined ? null : () => ({ ok: true, secret: text });
}

/** The agent makes the file before it opens its lists. */
function readHomeToken(home: string | null): TokenText {
  if (home === null) return null;
  try {
    const file = readPrivateFileSync(join(home, 'operator.token'), { others: 'nothing' });
    return file === null
      ? { ok: false, problem: 'operator.token is not there any more' }
      : { ok: true, secret: file.bytes.toString('utf8') };
  } catch (error) {
    return { ok: false, problem: `operator.token cannot be read: ${isBaseError(error) ? error.code : 'unknown'}` };
  }
}
