import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { waitFor } from '@xmtp-messaging/testing';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { onTestFinished } from 'vitest';
import { type Address, type InboundMessage, type Mailbox, type MailboxOptions, openMailbox } from '../src/index.ts';

/** An account whose key the test holds, and its signer. */
export interface Person {
  privateKey: `0x${string}`;
  address: Address;
  signer: MailboxOptions['signer'];
}

export function createPerson(privateKey: `0x${string}` = generatePrivateKey()): Person {
  const account = privateKeyToAccount(privateKey);
  const address = account.address.toLowerCase() as Address;
  return {
    privateKey,
    address,
    signer: {
      type: 'EOA',
      getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
      signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
    },
  };
}

export async function startNetwork(options: Parameters<typeof createDevnet>[0] = {}): Promise<Devnet> {
  const devnet = await createDevnet(options);
  onTestFinished(() => devnet.close());
  return devnet;
}

/** A home that is removed when the test ends. */
export async function createHome(): Promise<string> {
  const home = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-core-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

export interface OpenOptions extends Partial<MailboxOptions> {
  person?: Person | undefined;
}

/** Opens a mailbox that hears everybody, closed when the test ends. */
export async function open(url: string, options: OpenOptions = {}): Promise<Mailbox> {
  const { person = createPerson(), ...rest } = options;
  const mailbox = await openMailbox({
    signer: person.signer,
    home: rest.home ?? (await createHome()),
    network: { env: 'local', apiUrl: url },
    admit: () => ({ admit: true, sender: 'allowlisted' }),
    ...rest,
  });
  onTestFinished(() => mailbox.close({ timeoutMs: 500 }));
  return mailbox;
}

/** Waits until `count` messages were accepted, and returns all. */
export async function received(mailbox: Mailbox, count: number, timeoutMs = 20_000): Promise<InboundMessage[]> {
  const what = `${count} messages, have ${mailbox.inbox.head()}`;
  await waitFor(() => mailbox.inbox.head() >= count, { timeoutMs, what });
  return await mailbox.inbox.list({ limit: 1_000 });
}
