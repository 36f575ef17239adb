/** Written where a value does not have its type; nothing of the value is shown. */
export const invalidValue = 'invalid';

const year10000 = 253_402_300_800_000;

/** Headers are typed, not cleaned: what does not match exactly is `invalid`. */
export const headerValue = {
  /** `0x` and 40 hex digits, lower case. */
  address: (value: string): string => matched(value.toLowerCase(), /^0x[0-9a-f]{40}$/),
  /** Inbox, conversation or message id. */
  hex: (value: string): string => matched(value.toLowerCase(), /^[0-9a-f]{1,128}$/),
  /** `authority/type:major.minor`. */
  contentType: (value: string): string => matched(value, /^[\w.-]{1,64}\/[\w.-]{1,64}:\d{1,4}\.\d{1,4}$/),
  /** A path or a call of the host's. */
  place: (value: string): string => matched(value, /^[\x20-\x7e]{1,200}$/),
  /** A small whole number, at least 1. */
  count: (value: number): number => (Number.isSafeInteger(value) && value >= 1 && value <= 9_999 ? value : 1),
  members: ({ total, unlisted }: { total: number; unlisted: number }) => ({
    total: amount(total),
    unlisted: amount(unlisted),
  }),
  sender: (value: string): 'allowlisted' | 'unknown' | 'self' =>
    value === 'allowlisted' || value === 'self' ? value : 'unknown',
  conversationType: (value: string): string => matched(value, /^(?:dm|group)$/),
  /** ISO 8601 with seconds, from milliseconds since the epoch. */
  time(value: number): string {
    if (!Number.isFinite(value) || value < 0 || value >= year10000) return invalidValue;
    return `${new Date(value).toISOString().slice(0, 19)}Z`;
  },
};

function matched(value: string, pattern: RegExp): string {
  return pattern.test(value) ? value : invalidValue;
}

/** A whole number of people; what is none is the largest, so that nobody is overlooked. */
function amount(value: number): number {
  return Number.isSafeInteger(value) && value >= 0 && value <= 99_999 ? value : 99_999;
}
