import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

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

/** What each means and what to do. */
export const serverErrorTexts: ErrorTexts<ServerErrorCode> = {
  CONFIG_INVALID: { what: 'A setting cannot be used.', next: 'Correct it; the README lists the settings.' },
  WALLET_UNSET: {
    what: 'OWS_WALLET is not set, so there is no wallet to be the identity of this agent.',
    next: 'Set OWS_WALLET to the name of a wallet in the OWS vault (`npx -y @open-wallet-standard/core wallet list` shows them).',
  },
  LISTEN_FAILED: {
    what: 'The server cannot listen.',
    next: 'Set HOST and PORT to an address and port of this machine.',
  },
  NOT_CONNECTED: {
    what: 'The mailbox is not open yet.',
    next: 'Try again in a moment. GET /xmtp/status says more.',
    retryable: true,
  },
  NOT_READY: {
    what: 'The mailbox is not connected.',
    next: 'Try again in a moment. GET /xmtp/status says more.',
    retryable: true,
  },
  TOO_MANY_LISTENERS: {
    what: 'As many listeners are connected as this server takes.',
    next: 'Close one, or try again later.',
    retryable: true,
  },
  SHUTTING_DOWN: {
    what: 'The server is shutting down.',
    next: 'Try again when it has started anew.',
    retryable: true,
  },
  OUTCOME_UNKNOWN: {
    what: 'The network did not confirm the message in time.',
    next: 'It will be sent or is sent already. Ask again with the same Idempotency-Key to learn more; a new key would send it twice.',
    retryable: true,
  },
  MESSAGE_EMPTY: { what: 'The message is empty.', next: 'Send some text.' },
  MESSAGE_TOO_LARGE: { what: 'The message is over the limit of 1,000,000 bytes.', next: 'Send less at once.' },
  RECIPIENT_IS_SELF: { what: 'The recipient is this agent itself.', next: 'Send to somebody else.' },
  MESSAGE_NOT_FOUND: {
    what: 'No accepted message has this id.',
    next: 'GET /xmtp/messages lists the accepted ones.',
  },
  MESSAGE_STATE: {
    what: 'The message is not in the state that this needs.',
    next: 'GET /xmtp/messages shows the state of each.',
  },
  ENTRY_NOT_FOUND: { what: 'No such entry is on the list.', next: 'GET the list to see its entries.' },
  NAME_ADDRESS_MISMATCH: {
    what: 'The name leads to another address than the one given.',
    next: 'Leave one of the two out, or correct it.',
  },
  ADDRESS_CHANGED: {
    what: 'The name leads to another address than before.',
    next: 'It may have been sold or stolen: ask its owner over another way first.',
  },
  LOOP_GUARD: {
    what: 'This conversation has had too many answers for now.',
    next: 'Nothing was sent. Repeat the request as it is when Retry-After has passed. XMTP_REPLY_LIMIT sets the limit.',
    retryable: true,
  },
  REPLY_NOT_SENT: { what: 'The reply was not sent.', next: 'See the state of the message.' },
  HOME_INVALID: {
    what: 'A file of the home folder cannot be used.',
    next: 'Restore it with mode 0600, or remove it to have a new one made.',
  },
};

/** What a `ServerError` carries. */
export interface ServerErrorOptions extends KnownErrorOptions<ServerErrorCode> {
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
    super(fillIn(serverErrorTexts, options));
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
  }
}
