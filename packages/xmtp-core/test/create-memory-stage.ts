import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { createMailbox } from '../src/create-mailbox.ts';
import { homePaths } from '../src/home/open-home.ts';
import type { Address, Mailbox, MailboxOptions } from '../src/index.ts';
import { createMemoryClient, type MemoryClient } from '../src/testing/create-memory-client.ts';
import { createMemoryNetwork } from '../src/testing/create-memory-network.ts';
import { encodeContent } from '../src/testing/encode-content.ts';
import { openedInMemory } from '../src/testing/opened-in-memory.ts';

const self: Address = '0x000000000000000000000000000000000000a9e7';
const noSigner = {
  type: 'EOA' as const,
  getIdentifier: () => Promise.reject(new Error('nobody asks')),
  signMessage: () => Promise.reject(new Error('nobody asks')),
};

/** A mailbox in memory that can be closed and opened again: its journal is a file, its database and the network stay. */
export async function createMemoryStage(options: Partial<MailboxOptions>) {
  const clock = createManualClock();
  const now = () => clock.now();
  const home = await temporaryDirectory();
  const network = createMemoryNetwork({ absent: [], now });
  let client: MemoryClient;
  let mailbox: Mailbox | null = null;
  let isNew = true;
  const admit = () => ({ admit: true, sender: 'allowlisted' }) as const;

  const open = async () => {
    client = createMemoryClient({ network, address: self, onTaken: () => undefined });
    mailbox = await createMailbox({
      options: { admit, ...options, now, network: { env: 'local' }, home, signer: noSigner },
      address: self,
      paths: { ...homePaths(home), journal: join(home, 'journal.db') },
      opened: openedInMemory(client, isNew),
      unlock: () => undefined,
    });
    isNew = false;
    await client.listening;
  };
  const close = async () => {
    await mailbox?.close({ timeoutMs: 0 });
    mailbox = null;
  };
  const placeOf = (from: Address, group: string | null) =>
    group === null ? network.direct(network.inboxOf([from])) : network.group(group);

  await open();
  return {
    clock,
    network,
    journalPath: join(home, 'journal.db'),
    /** As if something had been posted everywhere. */
    async ringAll() {
      for (const group of network.groups.values()) await client.ring(group);
    },
    mailbox: () => mailbox,
    open,
    close,
    /** Returns the id of the group. */
    join(from: Address, group: string): string {
      const { id, others } = network.group(group);
      others.add(network.inboxOf([from]));
      return id;
    },
    /** Posts, and resolves with the id when the mailbox, if it is open, has looked at it. */
    async post(from: Address, group: string | null, text: string): Promise<string> {
      const senderInboxId = network.inboxOf([from]);
      const place = placeOf(from, group);
      const message = network.write({
        group: place,
        senderInboxId,
        content: encodeContent(text, 'xmtp.org/text:1.0', null),
      });
      place.posted.push({ ...message, isPublished: true });
      if (mailbox !== null) await client.ring(place);
      return message.id;
    },
    async end() {
      await close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
