import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why a network could not be started or steered. */
export type DevnetErrorCode =
  /** The network does not answer, or does not let the client in. */
  | 'CANNOT_JOIN'
  /** The address or a port is taken or not ours. */
  | 'CANNOT_LISTEN'
  /** The data folder is unusable, or another devnet has it open. */
  | 'CANNOT_OPEN_DATA'
  /** A state file is damaged, or is none. It is left as it is. */
  | 'CANNOT_READ_STATE'
  /** The state could not be written. What was there before is still there. */
  | 'CANNOT_WRITE_STATE'
  /** An option or a fault plan does not hold; the message says which. */
  | 'INVALID_OPTION'
  /** Who was written to is not on the network. */
  | 'NOBODY_THERE'
  /** The Node SDK of XMTP, which the echo bot and the chat are clients by, is not installed. */
  | 'SDK_MISSING'
  /** The Node SDK of XMTP is there and does not load. */
  | 'SDK_UNUSABLE'
  /** No snapshot has this id, or a revert to an earlier one took it along. */
  | 'UNKNOWN_SNAPSHOT';

/** What each means and what to do. */
export const devnetErrorTexts: ErrorTexts<DevnetErrorCode> = {
  CANNOT_JOIN: {
    what: 'The client cannot join the network.',
    next: "Start one with 'npx @xmtp-messaging/devnet', or name another with --url; a decentralised one needs --d14n too.",
  },
  CANNOT_LISTEN: {
    what: 'The devnet cannot listen.',
    next: 'Another program probably has this port. Choose another one, or 0 for any that is free.',
  },
  CANNOT_OPEN_DATA: {
    what: 'The devnet cannot open its data.',
    next: 'Another devnet may be using this folder, or it is not writable.',
  },
  CANNOT_READ_STATE: {
    what: 'The devnet cannot read its state.',
    next: 'The file is as it was. Name another one, or move this one away to begin anew.',
  },
  CANNOT_WRITE_STATE: {
    what: 'The devnet cannot write its state.',
    next: 'Its folder has to be there and writable, with room for the file. What was in the file before still is.',
  },
  INVALID_OPTION: { what: 'An option is not valid.', next: 'Correct it.' },
  NOBODY_THERE: {
    what: 'Nobody with this address is on the network.',
    next: 'Nothing was sent. Start the other one first, or check the name.',
  },
  SDK_MISSING: {
    what: 'The Node SDK of XMTP is not installed here.',
    next: "The echo bot and the chat are clients like any other: add it with 'npm install @xmtp/node-sdk'.",
  },
  SDK_UNUSABLE: {
    what: 'The Node SDK of XMTP does not load.',
    next: "On Linux with glibc before 2.38 run 'npm install @xmtp-messaging/glibc-compat' and set NODE_OPTIONS='--import @xmtp-messaging/glibc-compat/register'.",
  },
  UNKNOWN_SNAPSHOT: {
    what: 'There is no such snapshot.',
    next: 'Take a new one: a revert uses up its snapshot and those taken after it.',
  },
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

/** The file that is no state, and why. */
export function cannotReadState(options: { path: string; reason: string; cause?: unknown }): DevnetError {
  const { path, reason, cause } = options;
  return new DevnetError({
    code: 'CANNOT_READ_STATE',
    shortMessage: `The devnet cannot read its state from ${path}.`,
    metaMessages: [reason, devnetErrorTexts.CANNOT_READ_STATE.next],
    cause,
  });
}

/** The option or plan that does not hold, and why. */
export function invalidOption({ what, reason }: { what: string; reason: string }): DevnetError {
  return new DevnetError({
    code: 'INVALID_OPTION',
    shortMessage: `The ${what} is not valid.`,
    metaMessages: [reason],
  });
}
