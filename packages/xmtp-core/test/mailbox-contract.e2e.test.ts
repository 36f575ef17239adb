import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { testProtocol, waitFor } from '@xmtp-messaging/testing';
import type { Client } from '@xmtp/node-sdk';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Mailbox } from '../src/index.ts';
import { mailboxContract } from './contract/mailbox-contract.ts';
import type { Correspondent } from './contract/types.ts';
import { createPerson, open, openSdkClient, type Person } from './stage.ts';

let network: Devnet;
const people: { person: Person; client: Client }[] = [];

beforeAll(async () => {
  network = await createDevnet({ protocol: testProtocol });
  for (const person of [createPerson(), createPerson()]) {
    people.push({ person, client: await openSdkClient(network.url, person) });
  }
});
afterAll(() => network.close());

/** A bare SDK client that writes to this mailbox and reads what comes from it. */
function correspond({ person, client }: (typeof people)[number], mailbox: Mailbox): Correspondent {
  const { inbox } = mailbox;
  const decided = () => {
    const { dropped, waiting } = mailbox.status().inbox;
    return inbox.lastSeq() + dropped + waiting.reduce((sum, { count }) => sum + count, 0);
  };
  return {
    address: person.address,
    async write(text) {
      const before = decided();
      const dm = await client.conversations.createDm(mailbox.inboxId);
      const id = await dm.sendText(text);
      await waitFor(() => decided() > before);
      return id;
    },
    async read() {
      await client.conversations.sync();
      const dm = client.conversations.getDmByInboxId(mailbox.inboxId);
      await dm?.sync();
      const messages = (await dm?.messages()) ?? [];
      return messages
        .filter(({ senderInboxId }) => senderInboxId === mailbox.inboxId)
        .flatMap(({ content }) => textOf(content) ?? []);
    },
  };
}

function textOf(content: unknown): string | undefined {
  if (typeof content === 'string') return content;
  const inner = (content as { content?: unknown } | null)?.content;
  return typeof inner === 'string' ? inner : undefined;
}

mailboxContract(async (options = {}) => {
  const mailbox = await open(network.url, options);
  onTestFinished(() => network.faults.clear());
  const [alice, bob] = people.map((each) => correspond(each, mailbox));
  return {
    mailbox,
    alice: alice!,
    bob: bob!,
    takeNothing: () => network.faults.set({ refuseWrites: true }),
    takeAgain: () => network.faults.clear(),
  };
});
