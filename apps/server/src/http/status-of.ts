import type { AgentErrorCode } from '@xmtp-messaging/agent';
import type { AllowlistErrorCode } from '@xmtp-messaging/allowlist';
import type { ResolveErrorCode } from '@xmtp-messaging/ens-resolver';
import type { FileErrorCode } from '@xmtp-messaging/errors/files';
import type { MailboxErrorCode } from '@xmtp-messaging/xmtp-core';
import type { ServerErrorCode } from '../errors.ts';

/** For codes that no request can cause: if one does, it is a 500 without details, and the log has the code. */
const internal = null;

type Status = number | null;

/** What an operator can mend while the server runs. */
const ofFiles = {
  FILE_UNSAFE: 503,
  FILE_TOO_LARGE: 503,
  DISK_FULL: 503,
  DISK_READ_ONLY: 503,
  DISK_FAILED: 503,
  NO_PERMISSION: 503,
  TOO_MANY_OPEN_FILES: 503,
  PATH_MISSING: 503,
  NOT_A_FOLDER: 503,
  PATH_TOO_LONG: 503,
  OUT_OF_MEMORY: 503,
  FILE_FAILED: 503,
} satisfies Record<FileErrorCode, number>;

/** HTTP status of every error code, by the name of the error. The compiler finds a code without one. */
const statuses = {
  FileError: ofFiles,
  ResolveError: {
    INVALID_NAME: 422,
    NAME_TOO_LONG: 422,
    INVALID_ADDRESS: 422,
    BAD_CHECKSUM: 422,
    ZERO_ADDRESS: 422,
    UNSUPPORTED_NAME: 422,
    NO_ADDRESS: 422,
    NOT_FOUND: 404,
    ADDRESS_CHANGED: 409,
    RATE_LIMITED: 429,
    NAME_MISMATCH: 502,
    UPSTREAM_ERROR: 502,
    UNAUTHORIZED: 502,
    BAD_RESPONSE: 502,
    RESPONSE_TOO_LARGE: 502,
    REDIRECT_REFUSED: 502,
    GATEWAY_REFUSED: 502,
    SOURCE_DISAGREEMENT: 502,
    UNSUPPORTED_BY_RESOLVER: 503,
    RESOLVER_UNAVAILABLE: 503,
    HOSTS_UNREADABLE: 503,
    HOSTS_INVALID: 503,
    ABORTED: 503,
    TIMEOUT: 504,
    INVALID_OPTION: internal,
  } satisfies Record<ResolveErrorCode, Status>,
  MailboxError: {
    ...ofFiles,
    RECIPIENT_NOT_FOUND: 422,
    MESSAGE_EMPTY: 422,
    INVALID_REQUEST: 422,
    CONVERSATION_NOT_FOUND: 404,
    IDEMPOTENCY_CONFLICT: 409,
    NOT_A_MEMBER: 409,
    PERMISSION_DENIED: 409,
    MESSAGE_TOO_LARGE: 413,
    SEND_FAILED: 502,
    SDK_FAILED: 502,
    NETWORK_RETIRED: 502,
    TOO_BUSY: 503,
    RATE_LIMITED: 503,
    CLOSED: 503,
    REVOKED: 503,
    DATABASE_DAMAGED: 503,
    JOURNAL_DAMAGED: 503,
    NETWORK_UNREACHABLE: 504,
    NOT_SENT: 504,
    HOME_UNUSABLE: internal,
    HOME_NEWER: internal,
    JOURNAL_ALTERED: internal,
    LOCKED_BY_OTHER: internal,
    KEY_LOST: internal,
    KEY_INVALID: internal,
    WRONG_KEY: internal,
    DATABASE_LOST: internal,
    DATABASE_REPLACED: internal,
    SALT_LOST: internal,
    SALT_INVALID: internal,
    OTHER_INBOX: internal,
    OTHER_NETWORK: internal,
    STATE_INVALID: internal,
    INSTALLATION_LIMIT: internal,
    REGISTRATION_FAILED: internal,
    SIGNER_FAILED: internal,
    BINDING_UNLOADABLE: internal,
  } satisfies Record<MailboxErrorCode, Status>,
  AllowlistError: {
    INVALID_ADDRESS: 422,
    BAD_CHECKSUM: 422,
    ZERO_ADDRESS: 422,
    INVALID_NAME: 422,
    NAME_TAKEN: 409,
    DUPLICATE_ADDRESS: 409,
    DUPLICATE_NAME: 409,
    ALLOWLIST_INVALID: 409,
    ALLOWLIST_UNSAFE: 409,
    ALLOWLIST_UNREADABLE: 409,
    ALLOWLIST_TOO_LARGE: 409,
    ALLOWLIST_LOCKED: 503,
    ALLOWLIST_WRITE_FAILED: 503,
    ALLOWLIST_CLOSED: 503,
  } satisfies Record<AllowlistErrorCode, Status>,
  AgentError: {
    MESSAGE_EMPTY: 422,
    RECIPIENT_IS_SELF: 422,
    MESSAGE_TOO_LARGE: 413,
    ENTRY_NOT_FOUND: 404,
    NAME_ADDRESS_MISMATCH: 409,
    ADDRESS_CHANGED: 409,
    LOOP_GUARD: 429,
    NOT_CONNECTED: 503,
    SHUTTING_DOWN: 503,
    OUTCOME_UNKNOWN: 504,
    HOME_INVALID: internal,
    REPLY_NOT_SENT: internal,
    CONVERSATION_NOT_FOUND: 404,
    INVALID_REQUEST: 422,
    CONTENT_UNSAFE: 422,
    ATTACHMENT_NOT_FOUND: 404,
    ATTACHMENT_REFUSED: 409,
    ATTACHMENT_TOO_LARGE: 413,
    ATTACHMENT_BROKEN: 502,
    ATTACHMENT_UNREACHABLE: 502,
  } satisfies Record<AgentErrorCode, Status>,
  ServerError: {
    INVALID_REQUEST: 422,
    MESSAGE_NOT_FOUND: 404,
    MESSAGE_STATE: 409,
    NOT_READY: 503,
    TOO_MANY_LISTENERS: 503,
    CONFIG_INVALID: internal,
    WALLET_UNSET: internal,
    LISTEN_FAILED: internal,
  } satisfies Record<ServerErrorCode, Status>,
};

/** The status that a caller sees; `null` for what is no caller's business. */
export function statusOf(error: { name: string; code: string }): number | null {
  const table: Readonly<Record<string, Readonly<Record<string, Status>>>> = statuses;
  return table[error.name]?.[error.code] ?? null;
}
