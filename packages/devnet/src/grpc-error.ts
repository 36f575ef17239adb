import { BaseError } from '@xmtp-messaging/errors';

/** gRPC status codes that this network answers with, by name. */
export const grpcCodes = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

/** A status of gRPC by its name, but for `OK`. */
export type GrpcCode = keyof typeof grpcCodes;

/** A call that ends with a status other than OK; `shortMessage` is what the client sees. */
export class GrpcError extends BaseError<GrpcCode> {
  override readonly name = 'GrpcError';

  constructor(code: GrpcCode, shortMessage: string) {
    super({ code, shortMessage, retryable: code === 'UNAVAILABLE' || code === 'RESOURCE_EXHAUSTED' });
  }
}

/** Stops the call as the reference node does where it returns an error without a code. */
export function unknownError(message: string): never {
  throw new GrpcError('UNKNOWN', message);
}

/** Stops the call with INVALID_ARGUMENT. */
export function invalidArgument(message: string): never {
  throw new GrpcError('INVALID_ARGUMENT', message);
}
