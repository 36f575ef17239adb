import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

export type DevnetErrorCode =
  /** The address or a port is taken or not ours. */
  | 'CANNOT_LISTEN'
  /** The data folder is unusable, or another devnet has it open. */
  | 'CANNOT_OPEN_DATA'
  /** An option or a fault plan does not hold; the message says which. */
  | 'INVALID_OPTION';

/** What each means and what to do. */
export const devnetErrorTexts: ErrorTexts<DevnetErrorCode> = {
  CANNOT_LISTEN: {
    what: 'The devnet cannot listen.',
    next: 'Another program probably has this port. Choose another one, or 0 for any that is free.',
  },
  CANNOT_OPEN_DATA: {
    what: 'The devnet cannot open its data.',
    next: 'Another devnet may be using this folder, or it is not writable.',
  },
  INVALID_OPTION: { what: 'An option is not valid.', next: 'Correct it.' },
};

/** The network could not be started or steered. */
export class DevnetError extends BaseError<DevnetErrorCode> {
  override readonly name = 'DevnetError';

  constructor(options: KnownErrorOptions<DevnetErrorCode>) {
    super(fillIn(devnetErrorTexts, options));
  }
}

/** The port is taken, or the address is not this machine's. */
export function cannotListen({ host, port, cause }: { host: string; port: number; cause: unknown }): DevnetError {
  const shortMessage = `The devnet cannot listen on ${host}:${port}.`;
  return new DevnetError({ code: 'CANNOT_LISTEN', shortMessage, cause });
}

/** The option or plan that does not hold, and why. */
export function invalidOption({ what, reason }: { what: string; reason: string }): DevnetError {
  return new DevnetError({
    code: 'INVALID_OPTION',
    shortMessage: `The ${what} is not valid.`,
    metaMessages: [reason],
  });
}
