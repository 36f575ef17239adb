import { createHash } from 'node:crypto';
import { findBytes } from '../grpc/wire.ts';
import type { StoredContent, StoredMessage } from '../sdk/conversation.ts';
import type { Address } from '../types.ts';

/** A conversation on the network, and what the mailbox's database holds of it. */
export interface MemoryGroup {
  readonly id: string;
  readonly kind: 'dm' | 'group';
  readonly title: string;
  readonly createdAtNs: bigint;
  /** Inbox ids of the others in it. */
  readonly others: Set<string>;
  /** What was posted, oldest first. */
  readonly posted: MemoryMessage[];
  /** Whether the mailbox knows of it, and how much of what was posted. */
  isWelcomed: boolean;
  fetched: number;
  consent: 'unknown' | 'allowed' | 'denied';
}

export interface MemoryMessage extends StoredMessage {
  text: string;
  replyTo: string | null;
}

/** Some people, their conversations with one mailbox, and the faults of what is between them. */
export interface MemoryNetwork {
  readonly groups: ReadonlyMap<string, MemoryGroup>;
  /** The inbox of somebody with these addresses, made when there is none. */
  inboxOf(addresses: readonly Address[]): string;
  /** The inbox that an address leads to; `null` when it is not on XMTP. */
  ownerOf(address: Address): string | null;
  addressesOf(inboxId: string): readonly Address[];
  /** The direct message with an inbox, made when there is none. */
  direct(inboxId: string): MemoryGroup;
  group(name: string): MemoryGroup;
  /** Messages that the mailbox deleted from its database. */
  readonly deleted: Set<string>;
  /** The mailbox fetches what was posted. */
  fetch(group: MemoryGroup): void;
  /** A message that is posted nowhere yet, with the next stamp. */
  write(message: NewMessage): MemoryMessage;
  /** @throws Error in the network's words, while it is broken */
  answer(kind: 'read' | 'write'): void;
  break: (what: 'writes' | 'all' | 'none') => void;
}

interface NewMessage {
  group: MemoryGroup;
  senderInboxId: string;
  content: StoredContent;
  messageId?: string | undefined;
  sentAt?: number | undefined;
}

export function createMemoryNetwork(options: { absent: readonly Address[]; now: () => number }): MemoryNetwork {
  const { now } = options;
  const absent = new Set(options.absent.map(lowerCase));
  const inboxes = new Map<string, readonly Address[]>();
  const owners = new Map<Address, string>();
  const groups = new Map<string, MemoryGroup>();
  let broken: 'writes' | 'all' | 'none' = 'none';
  let stampedNs = 0n;
  let written = 0;

  const inboxOf = (addresses: readonly Address[]) => {
    const listed = addresses.map(lowerCase);
    const inboxId = digest(`inbox ${listed.join()}`);
    if (!inboxes.has(inboxId)) {
      inboxes.set(inboxId, listed);
      // An address that is given to a new inbox leads there from now on.
      for (const address of listed) owners.set(address, inboxId);
    }
    return inboxId;
  };
  const groupOf = (kind: 'dm' | 'group', name: string) => {
    const id = digest(`${kind} ${name}`).slice(0, 32);
    const known = groups.get(id);
    if (known !== undefined) return known;
    const group: MemoryGroup = {
      id,
      kind,
      title: kind === 'group' ? name : '',
      createdAtNs: toNs(now()),
      others: new Set(),
      posted: [],
      isWelcomed: false,
      fetched: 0,
      consent: 'unknown',
    };
    groups.set(id, group);
    return group;
  };

  return {
    groups,
    deleted: new Set(),
    fetch(group) {
      for (const message of group.posted.slice(group.fetched)) message.insertedAtNs = toNs(now());
      group.fetched = group.posted.length;
    },
    inboxOf,
    ownerOf(address) {
      const known = lowerCase(address);
      return absent.has(known) ? null : (owners.get(known) ?? inboxOf([known]));
    },
    addressesOf: (inboxId) => inboxes.get(inboxId) ?? [],
    direct(inboxId) {
      const group = groupOf('dm', inboxId);
      group.others.add(inboxId);
      return group;
    },
    group: (name) => groupOf('group', name),
    write({ group, senderInboxId, content, messageId, sentAt }) {
      written += 1;
      const id = messageId ?? digest(`message ${written}`);
      // The network's clock never stands still, whatever the mailbox's does.
      const atNs = sentAt === undefined ? toNs(now()) : toNs(sentAt);
      const newestNs = sentAt === undefined ? stampedNs : (group.posted.at(-1)?.sentAtNs ?? 0n);
      const sentAtNs = atNs > newestNs ? atNs : newestNs + 1n;
      if (sentAt === undefined) stampedNs = sentAtNs;
      const insertedAtNs = toNs(now());
      return {
        id,
        groupId: group.id,
        senderInboxId,
        sentAtNs,
        insertedAtNs,
        content,
        isPublished: false,
        ...wordsOf(content),
      };
    },
    answer(kind) {
      // As the SDK says it.
      if (broken === 'all' || (broken === 'writes' && kind === 'write')) {
        throw new Error('[ApiError::TestMailbox] service is currently unavailable');
      }
    },
    break(what) {
      broken = what;
    },
  };
}

/** The words of a text, or of a reply in words. */
function wordsOf({ type, parameters, content }: StoredContent): { text: string; replyTo: string | null } {
  if (type?.typeId !== 'reply') return { text: Buffer.from(content).toString(), replyTo: null };
  const words = findBytes(Buffer.from(content), 4, false);
  return { text: words?.toString() ?? '', replyTo: parameters['reference'] ?? null };
}

const lowerCase = (address: Address) => address.toLowerCase() as Address;
const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const toNs = (time: number) => BigInt(Math.floor(time)) * 1_000_000n;
