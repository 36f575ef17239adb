import { timerMs } from '@xmtp-messaging/errors';

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/** `grpc-timeout` in milliseconds, as a timer takes it; null without one, or when it is none. */
export function parseTimeout(header: string | string[] | undefined): number | null {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(header)) ?? [];
  return unit === undefined ? null : timerMs(Math.ceil(Number(digits) * unitMs[unit]!));
}
