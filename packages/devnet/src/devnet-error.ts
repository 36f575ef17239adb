import { BaseError } from '@xmtp-messaging/errors';

/**
 * - `CANNOT_LISTEN`: the address or a port is taken or not ours.
 * - `CANNOT_OPEN_DATA`: the data folder is unusable, or another devnet has it open.
 * - `INVALID_OPTION`: an option or a fault plan does not hold; the message says which.
 */
export type DevnetErrorCode = 'CANNOT_LISTEN' | 'CANNOT_OPEN_DATA' | 'INVALID_OPTION';

/** The network could not be started or steered. */
export class DevnetError extends BaseError<DevnetErrorCode> {
  override readonly name = 'DevnetError';

  static cannotListen({ host, port, cause }: { host: string; port: number; cause: unknown }): DevnetError {
    return new DevnetError({
      code: 'CANNOT_LISTEN',
      shortMessage: `The devnet cannot listen on ${host}:${port}.`,
      metaMessages: ['Another program probably has this port.', 'Choose another one, or 0 for any that is free.'],
      cause,
    });
  }

  static cannotOpenData({ dataDir, cause }: { dataDir: string; cause: unknown }): DevnetError {
    return new DevnetError({
      code: 'CANNOT_OPEN_DATA',
      shortMessage: `The devnet cannot open its data in ${dataDir}.`,
      metaMessages: ['Another devnet may be using this folder, or it is not writable.'],
      cause,
    });
  }

  static invalidOption({ what, reason }: { what: string; reason: string }): DevnetError {
    return new DevnetError({
      code: 'INVALID_OPTION',
      shortMessage: `The ${what} is not valid.`,
      metaMessages: [reason],
    });
  }
}
