import { applicationMessage, ascending, consent, type RawClient, sortBySentAt } from './native-types.ts';

/** A message of somebody else in the SDK's database. */
export interface ReceivedMessage {
  id: string;
  insertedAtNs: bigint;
}

/**
 * The SDK's own archives of what its database holds of people: messages and consent, no keys. Nothing is asked of the network.
 * Messages that disappear are left out: an archive does not say when they do, and they would stay for ever.
 */
export interface Archives {
  /** Writes one, encrypted by 32 bytes. The mode of the file is the umask's. */
  create(path: string, key: Uint8Array): Promise<void>;
  /**
   * Takes one in: messages keep their ids, and their conversations can be read, but not written to before another member lets
   * this installation in. What is there already stays; repeating it changes nothing.
   */
  take(path: string, key: Uint8Array): Promise<void>;
  /** Messages that others sent and that came into the database after a time of its own clock, page by page. */
  received(insertedAfterNs: bigint): AsyncGenerator<ReceivedMessage[]>;
  /** Conversations that can be read, and of these the groups that cannot be written to. */
  conversations(): { known: number; silentGroups: number };
}

// Members of enums that the binding declares const; see native-types.
const elements: never[] = ['Messages' as never, 'Consent' as never];
const pageSize = 200;

export function createArchives(raw: RawClient): Archives {
  const all = () =>
    raw.conversations().list({
      consentStates: [consent.unknown, consent.allowed, consent.denied],
      includeDuplicateDms: true,
    });
  return {
    create: (path, key) => raw.deviceSync().createArchive(path, { elements, excludeDisappearingMessages: true }, key),
    take: (path, key) => raw.deviceSync().importArchive(path, key),
    async *received(insertedAfterNs) {
      const ours = raw.inboxId();
      for (const { conversation } of all()) {
        let sentAfterNs: bigint | undefined;
        for (let limit = pageSize; ;) {
          const rows = await conversation.listMessages({
            kind: applicationMessage,
            sortBy: sortBySentAt,
            direction: ascending,
            insertedAfterNs,
            excludeSenderInboxIds: [ours],
            limit,
            ...(sentAfterNs === undefined ? {} : { sentAfterNs }),
          });
          if (rows.length > 0) yield rows.map(({ id, insertedAtNs }) => ({ id, insertedAtNs }));
          const last = rows.at(-1)?.sentAtNs;
          if (rows.length < limit || last === undefined) break;
          // "After" is strict and times may repeat: one tick early, and wider if that would not move.
          const next = last - 1n;
          limit = next === sentAfterNs ? limit * 2 : pageSize;
          sentAfterNs = next;
        }
      }
    },
    conversations() {
      const known = all();
      const isSilent = ({ conversation }: (typeof known)[number]) => {
        try {
          conversation.dmPeerInboxId();
          return false;
        } catch {
          return !conversation.isActive();
        }
      };
      return { known: known.length, silentGroups: known.filter(isSilent).length };
    },
  };
}
