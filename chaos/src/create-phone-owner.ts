import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@xmtp/node-sdk';
import { createPerson } from './create-person.ts';
import type { PhoneBook } from './create-phone-book.ts';
import type { Token } from './create-tally.ts';
import { findTokens } from './say-token.ts';

/** Somebody on the bare SDK whose phones come and go. The first one stays. */
export interface PhoneOwner {
  readonly address: string;
  /** Registers a further phone; the returned function revokes it. Both try until it is done or `signal` aborts. */
  buyPhone(): Promise<() => Promise<void>>;
  /** Has every phone read what there is. `onRead` sees each message of the first one once, in its order. */
  readAll(onRead: (token: Token, id: string) => void): Promise<void>;
}

/** Registered and not revoked, the first one and those of interrupted registrations included: the network allows ten. */
const most = 6;

export async function createPhoneOwner(options: {
  url: string;
  protocol?: 'v3' | 'd14n' | undefined;
  book: PhoneBook;
  signal: AbortSignal;
}): Promise<PhoneOwner> {
  const { url, protocol, book, signal } = options;
  const { address, register } = createPerson(url, protocol);
  const phones: Client[] = [];
  const enter = (phone: Client) => {
    phones.push(phone);
    book.bought(phone.installationId, performance.now());
  };
  const first = await register();
  enter(first);
  const seen = new Set<string>();

  /** The network is dead or refuses half of what it is asked. */
  const insist = async <T>(work: () => Promise<T>): Promise<T | null> => {
    while (!signal.aborted) {
      try {
        return await work();
      } catch {
        await delay(200, undefined, { signal }).catch(() => {});
      }
    }
    return null;
  };

  return {
    address,
    async buyPhone() {
      const bought = await insist(async () => {
        const { installations } = await first.preferences.fetchInboxState();
        return installations.length < most ? await register() : null;
      });
      if (bought === null) return async () => {};
      enter(bought);
      return async () => {
        book.losing(bought.installationId);
        const done = await insist(async () => {
          await first.revokeInstallations([bought.installationIdBytes]);
          return true;
        });
        if (done === true) book.lost(bought.installationId, performance.now());
      };
    },
    async readAll(onRead) {
      for (const phone of phones) {
        // A phone that was revoked may be refused; whatever it has got then counts.
        await phone.conversations.syncAll().catch(() => {});
        for (const conversation of await phone.conversations.list()) {
          for (const { id, token } of findTokens(await conversation.messages())) {
            book.read(phone.installationId, token);
            if (phone !== first || seen.has(id)) continue;
            seen.add(id);
            onRead(token, id);
          }
        }
      }
    },
  };
}
