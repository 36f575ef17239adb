import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Failures that belong to the server itself. */
export type ServerErrorCode =
  /** A setting is missing, malformed or unsafe. */
  | 'CONFIG_INVALID'
  /** `OWS_WALLET` is not set: there is no identity to serve. */
  | 'WALLET_UNSET'
  /** The address and port to listen on are taken or not ours. */
  | 'LISTEN_FAILED'
  /** The mailbox is not connected to the network right now. */
  | 'NOT_READY'
  /** As many listeners as the server takes are connected. */
  | 'TOO_MANY_LISTENERS'
  /** The parts of a request do not go together. */
  | 'INVALID_REQUEST'
  /** A link of the page is unknown, used or too old. */
  | 'LINK_USED'
  /** No agent of this name is behind the port. */
  | 'AGENT_UNKNOWN'
  /** No accepted message has this id. */
  | 'MESSAGE_NOT_FOUND'
  /** The message is not in the state that the request needs. */
  | 'MESSAGE_STATE';

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
  INVALID_REQUEST: {
    what: 'The request does not have the form that this route takes.',
    next: 'GET /openapi.json has the form.',
  },
  LINK_USED: {
    what: 'This link was used already, or is older than two minutes.',
    next: 'Run `npx -y @xmtp-messaging/cli open` for another.',
  },
  AGENT_UNKNOWN: {
    what: 'No agent of this name is behind this port.',
    next: 'GET /agents lists them for the operator.',
  },
  MESSAGE_NOT_FOUND: {
    what: 'No accepted message has this id.',
    next: 'GET /xmtp/messages lists the accepted ones.',
  },
  MESSAGE_STATE: {
    what: 'The message is not in the state that this needs.',
    next: 'GET /xmtp/messages shows the state of each.',
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

/** One sentence for each setting that cannot be used. */
export function configError(lines: readonly string[]): ServerError {
  return new ServerError({
    code: 'CONFIG_INVALID',
    shortMessage: lines.length === 1 ? 'A setting cannot be used.' : `${lines.length} settings cannot be used.`,
    metaMessages: lines,
  });
}
