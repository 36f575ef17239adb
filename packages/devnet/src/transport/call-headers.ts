import { timerMs } from '@xmtp-messaging/errors';
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

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** `grpc-timeout` in milliseconds, as a timer takes it; null without one, or when it is none. */
export function parseTimeout(header: string | string[] | undefined): number | null {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(header)) ?? [];
  return unit === undefined ? null : timerMs(Math.ceil(Number(digits) * unitMs[unit]!));
}

/** A header that came once. */
export function toText(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
