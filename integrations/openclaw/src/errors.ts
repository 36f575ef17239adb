import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why the channel does not do what it was asked for. */
export type ChannelErrorCode =
  /** `channels.xmtp` says no server or no agent. */
  | 'NOT_CONFIGURED'
  /** A file with a token is missing, or others may read it. */
  | 'TOKEN_UNREADABLE'
  /** Somebody is to be admitted, and there is no operator's token. */
  | 'OPERATOR_TOKEN_MISSING'
  /** There is no recipient. */
  | 'TARGET_INVALID';

/** What each means and what to do. */
export const channelErrorTexts: ErrorTexts<ChannelErrorCode> = {
  NOT_CONFIGURED: {
    what: 'The xmtp channel is not configured.',
    next: 'Set channels.xmtp.agent, and url where the server is not at http://localhost:4101.',
  },
  TOKEN_UNREADABLE: {
    what: 'A file with a token cannot be read, or others may read it.',
    next: 'Name an existing file of this user with mode 0600.',
  },
  OPERATOR_TOKEN_MISSING: {
    what: 'Nobody was admitted: that takes the operator of the mailbox.',
    next: 'Set channels.xmtp.operatorTokenFile, or run: npx @xmtp-messaging/cli allow ADDRESS',
  },
  TARGET_INVALID: {
    what: 'This is no recipient.',
    next: 'Name an ENS name, a full 0x address, or conversation:ID.',
  },
};

/** Every failure of this channel, besides those that the server answers. */
export class ChannelError extends BaseError<ChannelErrorCode> {
  override readonly name = 'ChannelError';

  constructor(options: KnownErrorOptions<ChannelErrorCode>) {
    super(fillIn(channelErrorTexts, options));
  }
}
