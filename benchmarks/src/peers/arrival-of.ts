import type { DecodedMessage } from '@xmtp/node-sdk';

/** A message as its receiver saw it. */
export interface Arrival {
  /** When the network stamped it: whole milliseconds since the epoch, because SSE lines carry no more. */
  stampedAt: number;
  /** When the receiver had it, on the common clock. */
  receivedAt: number;
}

export function arrivalOf(message: DecodedMessage, receivedAt: number): Arrival {
  return { stampedAt: Number(message.sentAtNs / 1_000_000n), receivedAt };
}
