/**
 * What SQLCipher, inside XMTP's binding, writes to standard error whenever a database is opened, whatever the SDK is told about logs. It speaks of
 * a connection that has no key yet and reads as if the database had none; it is no JSON either.
 */
const noise = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: WARN CORE sqlcipherCodecAttach: no codec attached to db$/u;

/** Whether a line of a server is that one line, and tells nothing. Everything else that SQLCipher says is worth reading. */
export function isSdkNoise(line: string): boolean {
  return noise.test(line);
}
