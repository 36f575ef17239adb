import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Failures that belong to the agent itself; its parts throw errors of their own. */
export type AgentErrorCode =
  /** The mailbox is not open yet, or failed to open. */
  | 'NOT_CONNECTED'
  /** The agent is closing. */
  | 'SHUTTING_DOWN'
  /** The deadline passed before the network answered; the message settles by itself. */
  | 'OUTCOME_UNKNOWN'
  /** The text is empty, or nothing of it is left after scrubbing. */
  | 'MESSAGE_EMPTY'
  /** The text is over 1,000,000 bytes. */
  | 'MESSAGE_TOO_LARGE'
  /** The recipient is the agent itself. */
  | 'RECIPIENT_IS_SELF'
  /** No such entry in the list. */
  | 'ENTRY_NOT_FOUND'
  /** The given name resolves to another address than the given one. */
  | 'NAME_ADDRESS_MISMATCH'
  /** A name leads to another address than the one that it is pinned to, or was last written to. */
  | 'ADDRESS_CHANGED'
  /** Too many answers in one conversation. */
  | 'LOOP_GUARD'
  /** An answer to a message that is being delivered could not be handed over. */
  | 'REPLY_NOT_SENT'
  /** A file of the home folder cannot be used as it is. */
  | 'HOME_INVALID'
  /** The agent is and was in no such conversation. */
  | 'CONVERSATION_NOT_FOUND'
  /** What is to be sent does not have the form of its type. */
  | 'INVALID_REQUEST'
  /** An option has an impossible value. */
  | 'INVALID_OPTION'
  /** Something that may not leave stands where it cannot be taken out. */
  | 'CONTENT_UNSAFE'
  /** The message is not an accepted one, or has no such file. */
  | 'ATTACHMENT_NOT_FOUND'
  /** The file lies where nothing is fetched from. */
  | 'ATTACHMENT_REFUSED'
  /** The place where the file lies did not give it. */
  | 'ATTACHMENT_UNREACHABLE'
  /** The file is over the limit. */
  | 'ATTACHMENT_TOO_LARGE'
  /** What was fetched is not what the message promises. */
  | 'ATTACHMENT_BROKEN'
  /** The file is no text. */
  | 'ATTACHMENT_NOT_TEXT'
  /** There is no place to which files are uploaded, or its settings cannot be used. */
  | 'UPLOAD_NOT_CONFIGURED'
  /** The file could not be put where it belongs; nothing was sent. */
  | 'UPLOAD_FAILED';

/** What each means and what to do. */
export const agentErrorTexts: ErrorTexts<AgentErrorCode> = {
  NOT_CONNECTED: { what: 'The mailbox is not open yet.', next: 'Try again in a moment.', retryable: true },
  SHUTTING_DOWN: {
    what: 'The agent is shutting down.',
    next: 'Try again when it has started anew.',
    retryable: true,
  },
  OUTCOME_UNKNOWN: {
    what: 'The network did not confirm the message in time.',
    next: 'It will be sent or is sent already. Ask again with the same idempotency key to learn more; a new key would send it twice.',
    retryable: true,
  },
  MESSAGE_EMPTY: { what: 'The message is empty.', next: 'Send some text.' },
  MESSAGE_TOO_LARGE: { what: 'The message is over the limit of 1,000,000 bytes.', next: 'Send less at once.' },
  RECIPIENT_IS_SELF: { what: 'The recipient is this agent itself.', next: 'Send to somebody else.' },
  ENTRY_NOT_FOUND: { what: 'No such entry is on the list.', next: 'Look at the entries of the list.' },
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
    next: 'Nothing was sent. Send it again as it is, later.',
    retryable: true,
  },
  REPLY_NOT_SENT: { what: 'The reply was not sent.', next: 'See the state of the message.' },
  CONVERSATION_NOT_FOUND: {
    what: 'There is no such conversation.',
    next: 'Use the id of a conversation from the list of conversations.',
  },
  INVALID_REQUEST: {
    what: 'What is to be sent does not have the form of its type.',
    next: 'Correct it and send it again.',
  },
  INVALID_OPTION: { what: 'An option has an impossible value.', next: 'Correct it, or leave it out.' },
  CONTENT_UNSAFE: {
    what: 'What is to be sent holds something that may not leave: a secret, or marks of the boundary.',
    next: 'Take it out and send it again.',
  },
  ATTACHMENT_NOT_FOUND: {
    what: 'There is no such file.',
    next: 'Look at the message: files count from 0.',
  },
  ATTACHMENT_REFUSED: {
    what: 'The file lies where nothing is fetched from.',
    next: 'Ask the sender to send it in another way.',
  },
  ATTACHMENT_UNREACHABLE: {
    what: 'The place where the file lies did not give it.',
    next: 'Try again later, or ask the sender to send it again.',
    retryable: true,
  },
  ATTACHMENT_TOO_LARGE: {
    what: 'The file is over the limit.',
    next: 'Raise the limit, or ask the sender for a smaller one.',
  },
  ATTACHMENT_BROKEN: {
    what: 'The file is not what the message promises.',
    next: 'Do not use it. Ask the sender to send it again.',
  },
  ATTACHMENT_NOT_TEXT: { what: 'The file is no text.', next: 'Get it as a file.' },
  UPLOAD_NOT_CONFIGURED: {
    what: 'No place is configured to which files are uploaded.',
    next: 'Send it as an attachment inside the message, or have the operator configure an upload.',
  },
  UPLOAD_FAILED: {
    what: 'The file was not uploaded, and nothing was sent.',
    next: 'Try again later, with the same idempotency key.',
    retryable: true,
  },
  HOME_INVALID: {
    what: 'A file of the home folder cannot be used.',
    next: 'Restore it with mode 0600, or remove it to have a new one made.',
  },
};

/** What an `AgentError` carries. */
export interface AgentErrorOptions extends KnownErrorOptions<AgentErrorCode> {
  /** When to try again, in seconds. */
  retryAfterSeconds?: number | undefined;
  /** What the error is about, for programs; never secrets or texts. */
  facts?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

/** What an agent throws. */
export class AgentError extends BaseError<AgentErrorCode> {
  override readonly name = 'AgentError';
  /** When the same call may succeed, in seconds; `undefined` when nobody knows. */
  readonly retryAfterSeconds: number | undefined;
  /** What the error is about, for programs; which ones there are depends on the code. Empty for none. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>;

  constructor(options: AgentErrorOptions) {
    super(fillIn(agentErrorTexts, options));
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
  }
}
