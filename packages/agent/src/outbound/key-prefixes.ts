/** What idempotency keys begin with, by whose send they are for. Homes keep them: one that was published never changes. */
export const keyPrefixes = {
  /** The caller answers a message and names the key: one answer for each key. */
  answer: 'answer:',
  /** What a channel gave back for a delivery: one reply for each message. */
  reply: 'reply:',
  /** A read receipt: one for each position up to which a conversation was read. */
  read: 'read:',
} as const;

/** What stands before the colon for a key that a caller named, or was told. */
const callers = /^(?:http|send|answer):/u;

/** The key by which a caller may ask again; `null` for what this agent sent by itself. */
export function keyOfCaller(key: string | null): string | null {
  if (key === null || key.startsWith(keyPrefixes.reply) || key.startsWith(keyPrefixes.read)) return null;
  return key.replace(callers, '');
}
