/** What the exit code of the program means. */
export const exitCodes = {
  ok: 0,
  /** It did not work; the message says why. */
  failed: 1,
  /** Wrong arguments, or a fault in a file that people write. */
  usage: 2,
  /** No server that this could be asked of is running. */
  notRunning: 3,
  /** `wait`: nothing came in the time that was given. */
  nothing: 4,
  /** It may have been done: ask again with the same key. */
  unknown: 5,
} as const;
