/** What idempotency keys begin with, by whose send they are for. Homes keep them: one that was published never changes. */
export const keyPrefixes = {
  /** The caller answers a message and names the key: one answer for each key. */
  answer: 'answer:',
  /** What a channel gave back for a delivery: one reply for each message. */
  reply: 'reply:',
} as const;
