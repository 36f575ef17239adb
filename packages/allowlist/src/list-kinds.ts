import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { quoteInput } from '@xmtp-messaging/errors';
import { checkAddress, type Refusal } from './check-address.ts';
import type { AllowlistErrorCode } from './errors.ts';

/** What the entries of a list name. */
export interface ListKind {
  /** The key in the file. */
  key: 'address' | 'group';
  /** Lower case is what is looked up; `isShown`: the text is the form that is shown. */
  check: (text: string) => { ok: true; lower: string; isShown: boolean } | Refusal;
  /** The form that is shown and written. */
  show: (lower: string) => string;
  /** One stands twice. */
  twin: AllowlistErrorCode;
}

const senders: ListKind = {
  key: 'address',
  check(text) {
    const checked = checkAddress(text);
    return checked.ok ? { ok: true, lower: checked.lower, isShown: checked.checksummed } : checked;
  },
  show: toChecksumAddress,
  twin: 'DUPLICATE_ADDRESS',
};

/** XMTP makes them of 16 random bytes; room for longer ones. */
const groupId = /^(?:[0-9a-f]{2}){16,64}$/u;

const groups: ListKind = {
  key: 'group',
  check(text) {
    const lower = text.toLowerCase();
    if (groupId.test(lower)) return { ok: true, lower, isShown: text === lower };
    const message = `${quoteInput(text)} is not the id of a group: 32 hexadecimal digits.`;
    return { ok: false, code: 'INVALID_GROUP', message };
  },
  show: (lower) => lower,
  twin: 'DUPLICATE_GROUP',
};

/** Senders by their Ethereum address, groups by the id of their conversation. */
export const listKinds = { address: senders, group: groups } as const;
