import { OwsSignerError } from './errors.ts';

/** What a message must be. */
export interface CheckMessageOptions {
  maxMessageBytes: number;
  acceptMessage: (message: string) => boolean;
}

/**
 * The UTF-8 bytes of a message that may be signed.
 * @throws OwsSignerError `OWS_MESSAGE_REFUSED`, `OWS_MESSAGE_TOO_LARGE`
 */
export function checkMessage(message: string, { maxMessageBytes, acceptMessage }: CheckMessageOptions): Buffer {
  // A lone surrogate has no UTF-8 form: other bytes than the caller sees would be signed.
  if (typeof message !== 'string' || !message.isWellFormed()) throw refused('it is not well-formed text');
  const bytes = Buffer.from(message, 'utf8');
  if (bytes.length > maxMessageBytes) {
    throw new OwsSignerError({
      code: 'OWS_MESSAGE_TOO_LARGE',
      shortMessage: `The message has ${bytes.length} bytes; at most ${maxMessageBytes} are signed.`,
    });
  }
  // A promise of `false`, from a caller without types, is truthy.
  const verdict: unknown = acceptMessage(message);
  if (verdict !== true) throw refused('it is not a request that this signer accepts');
  return bytes;
}

function refused(why: string): OwsSignerError {
  return new OwsSignerError({
    code: 'OWS_MESSAGE_REFUSED',
    shortMessage: `The message was not signed: ${why}.`,
  });
}
