import { GrpcError, grpcCodes } from '../grpc-error.ts';

/** How a call ended, as it stands in the trailers. */
export interface Status {
  readonly code: number;
  readonly message: string;
}

export const okStatus: Status = { code: 0, message: '' };

/** What the client may know of an error. */
export function toStatus(error: unknown): Status {
  if (error instanceof GrpcError) return { code: grpcCodes[error.code], message: error.shortMessage };
  return { code: grpcCodes.INTERNAL, message: 'internal error of the devnet' };
}

/** Characters of a message; headers have an end too. */
const longestMessage = 4_096;

/** `grpc-message`, percent-encoded. Half of a surrogate pair becomes U+FFFD. */
export function encodeStatusMessage(message: string): string {
  return encodeURIComponent(message.slice(0, longestMessage).toWellFormed());
}
