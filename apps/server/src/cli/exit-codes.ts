/** What the exit code of the program means. */
export const exitCodes = {
  /** Stopped in good order. */
  ok: 0,
  /** A defect: please report it. */
  failed: 1,
  /** A setting is wrong; the lines on standard error say which. */
  config: 2,
  /** `OWS_WALLET` is not set, so there is nothing to serve. */
  walletUnset: 3,
  /** The address or port is taken. */
  listen: 4,
  /** Another process has the mailbox of this address open. */
  locked: 5,
} as const;
