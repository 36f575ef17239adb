import type { Devnet } from '@xmtp-messaging/devnet';
import { waitFor } from '@xmtp-messaging/testing';
import type { Client } from '@xmtp/node-sdk';
import { createPerson, openSdkClient, type Person } from './stage.ts';

/** Somebody on the bare SDK, with one installation and more to come. */
export interface Owner {
  person: Person;
  /** The first installation. */
  phone: Client;
  /** A further installation, registered when this resolves. */
  buyPhone(): Promise<Client>;
  /** Takes an installation out of the inbox. */
  losePhone(phone: Client): Promise<void>;
}

export async function createOwner(network: Devnet, person: Person = createPerson()): Promise<Owner> {
  const buyPhone = () => openSdkClient(network.url, person);
  const phone = await buyPhone();
  return {
    person,
    phone,
    buyPhone,
    losePhone: (lost) => phone.revokeInstallations([lost.installationIdBytes]),
  };
}

/** Every text that an installation can read by now, in no order. */
export async function readableBy(phone: Client): Promise<string[]> {
  await phone.conversations.syncAll();
  const conversations = await phone.conversations.list();
  const messages = await Promise.all(conversations.map((conversation) => conversation.messages()));
  return messages.flat().flatMap(({ content }) => textOf(content));
}

function textOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  const inner = (content as { content?: unknown } | null)?.content;
  return typeof inner === 'string' ? [inner] : [];
}

/** Waits until an installation reads all of `texts`. */
export async function reads(phone: Client, texts: readonly string[]): Promise<void> {
  let readable: string[] = [];
  await waitFor(
    async () => {
      readable = await readableBy(phone);
      return texts.every((text) => readable.includes(text));
    },
    { timeoutMs: 15_000, what: `${texts.join()} to be read` },
  );
}
