import { BaseError, type BaseErrorOptions } from '@xmtp-messaging/errors';

/** Failures that belong to the server itself. */
export type ServerErrorCode =
  /** A setting is missing, malformed or unsafe. */
  | 'CONFIG_INVALID'
  /** `OWS_WALLET` is not set: there is no identity to serve. */
  | 'WALLET_UNSET'
  /** The address and port to listen on are taken or not ours. */
  | 'LISTEN_FAILED'
  /** The mailbox is not open yet, or failed to open. */
  | 'NOT_CONNECTED'
  /** The mailbox is not connected to the network right now. */
  | 'NOT_READY'
  /** As many listeners as the server takes are connected. */
  | 'TOO_MANY_LISTENERS'
  /** The server is shutting down. */
  | 'SHUTTING_DOWN'
  /** The deadline passed before the network answered; the message settles by itself. */
  | 'OUTCOME_UNKNOWN'
  /** The text is empty. */
  | 'MESSAGE_EMPTY'
  /** The text is over 1,000,000 bytes. */
  | 'MESSAGE_TOO_LARGE'
  /** The recipient is the agent itself. */
  | 'RECIPIENT_IS_SELF'
  /** No accepted message has this id. */
  | 'MESSAGE_NOT_FOUND'
  /** The message is not in the state that the request needs. */
  | 'MESSAGE_STATE'
  /** No such entry in the list. */
  | 'ENTRY_NOT_FOUND'
  /** The given name resolves to another address than the given one. */
  | 'NAME_ADDRESS_MISMATCH'
  /** A name leads to another address than the one that it is pinned to, or was last written to. */
  | 'ADDRESS_CHANGED'
  /** Too many automatic replies in one conversation. */
  | 'LOOP_GUARD'
  /** An answer to a message that is being delivered could not be handed over. */
  | 'REPLY_NOT_SENT'
  /** A file of the home folder cannot be used as it is. */
  | 'HOME_INVALID';

/** What a `ServerError` carries. */
export interface ServerErrorOptions extends BaseErrorOptions<ServerErrorCode> {
  /** When to try again, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** Further members for the problem document; never secrets or texts. */
  facts?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

/** Thrown by `startServer` and by the routes. */
export class ServerError extends BaseError<ServerErrorCode> {
  override readonly name = 'ServerError';
  readonly retryAfterSeconds: number | undefined;
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;

  constructor(options: ServerErrorOptions) {
    super(options);
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
  }
}
