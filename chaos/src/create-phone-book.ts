import { type Token, tokenText } from './create-tally.ts';

/** What the phones of one person came to. */
export interface PhoneResult {
  /** Times that a phone was bought. */
  phones: number;
  /** Messages that a phone could not read although it was registered before the send began and is not lost. */
  unread: number;
  /** Messages that a phone could read although it was revoked before the send began. */
  readByLost: number;
}

/** Which phone must, and which must not, read which message. Times are of one clock, in milliseconds. */
export interface PhoneBook {
  /** A phone is registered: what begins from now on is for it. */
  bought(phone: string, at: number): void;
  /** A phone is about to be revoked: nothing is expected of it any more. */
  losing(phone: string): void;
  /** It is revoked: what begins from now on is not for it. */
  lost(phone: string, at: number): void;
  /**
   * A send is asked for; only the first time counts, since that one may have been the one that got out.
   * @param of What it can be seen at alone: the SDK shows a reaction at its message, so a phone needs that, too. @default none
   */
  began(token: Token, at: number, of?: Token | null): void;
  accepted(token: Token): void;
  read(phone: string, token: Token): void;
  result(): PhoneResult;
}

interface Phone {
  boughtAt: number;
  isLosing: boolean;
  lostAt: number;
  read: Set<string>;
}

export function createPhoneBook(): PhoneBook {
  const phones = new Map<string, Phone>();
  /** When it was asked for, and when a phone must have been there to see it. */
  const began = new Map<string, { at: number; dueFrom: number }>();
  const accepted = new Set<string>();
  return {
    bought: (phone, at) =>
      void phones.set(phone, { boughtAt: at, isLosing: false, lostAt: Number.POSITIVE_INFINITY, read: new Set() }),
    losing: (phone) => void (phones.get(phone)!.isLosing = true),
    lost: (phone, at) => void (phones.get(phone)!.lostAt = at),
    began(token, at, of = null) {
      const key = tokenText(token);
      const dueFrom = of === null ? at : (began.get(tokenText(of))?.at ?? at);
      if (!began.has(key)) began.set(key, { at, dueFrom });
    },
    accepted: (token) => void accepted.add(tokenText(token)),
    read: (phone, token) => void phones.get(phone)!.read.add(tokenText(token)),
    result() {
      let [unread, readByLost] = [0, 0];
      for (const { boughtAt, isLosing, lostAt, read } of phones.values()) {
        for (const [key, { at, dueFrom }] of began) {
          const isDue = !isLosing && boughtAt < dueFrom && accepted.has(key);
          if (isDue && !read.has(key)) unread += 1;
          if (lostAt < at && read.has(key)) readByLost += 1;
        }
      }
      return { phones: phones.size, unread, readByLost };
    },
  };
}
