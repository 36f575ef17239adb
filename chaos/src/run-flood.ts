import '@xmtp-messaging/glibc-compat/register';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { type Address, type Envelope, type Mailbox, openMailbox, type Verdict } from '@xmtp-messaging/xmtp-core';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { createPerson, ethereum, writeAll } from './create-person.ts';

/** What to do. */
export interface FloodOptions {
  /** Of the network. */
  url: string;
  /** An empty folder for the home. */
  home: string;
  messages: number;
  /** Of each message. */
  bytes: number;
  /** What strangers may store in a day. */
  budget: number;
  signal: AbortSignal;
  onProgress: (line: string) => void;
}

/** What was seen. Sizes are bytes. */
export interface FloodResult {
  /** What strangers wrote, in a group with somebody who is listed and directly. */
  written: number;
  homeBefore: number;
  homeAfter: number;
  /** The home while the flood was the highest. */
  homeMost: number;
  /** Text of strangers that can still be read in the group after the flood, and after the expiry. */
  readable: number;
  readableAfterExpiry: number;
  /** Whether the direct message of a stranger was denied, and how many messages of strangers were fetched before, here and in the group. */
  isDenied: boolean;
  fetched: number;
  /** Messages that somebody on the list wrote into the group meanwhile, and how many of them were heard. */
  listedWrote: number;
  listedHeard: number;
}

const sendAtOnce = 20;

/** A thousand large messages of strangers, and somebody on the list among them. */
export async function runFlood(options: FloodOptions): Promise<FloodResult> {
  const { url, home, messages, bytes, budget, signal, onProgress } = options;
  const listed = new Set<string>();
  const isListed = (address: Address) => listed.has(address);
  // An open mailbox, in which strangers may write and what is so large is dropped: in a closed one they store less.
  const admit = ({ senderAddresses, contentBytes }: Envelope): Verdict => {
    if (senderAddresses.some(isListed)) return { admit: true, sender: 'allowlisted' };
    return contentBytes > 64_000 ? { admit: false, reason: 'too-large' } : { admit: true, sender: 'unknown' };
  };
  const account = privateKeyToAccount(generatePrivateKey());
  const address = account.address.toLowerCase() as Address;
  const open = (droppedTextMs?: number): Promise<Mailbox> =>
    openMailbox({
      home,
      network: { env: 'local', apiUrl: url },
      signer: {
        type: 'EOA',
        getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
        signMessage: async (message) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
      },
      admit,
      isAllowed: () => true,
      isExpected: isListed,
      lists: () => ({ mode: 'open', listed, denied: new Set<string>() }),
      strangerBytesPerDay: budget,
      droppedTextMs,
      reconcileEveryMs: 1_000,
    });
  const [mallory, friend] = [createPerson(url), createPerson(url)];
  const [attacker, listedOne] = await Promise.all([mallory.register(), friend.register()]);
  listed.add(friend.address);

  let mailbox = await open();
  let homeMost = 0;
  const measure = async () => {
    const size = await sizeOf(home);
    homeMost = Math.max(homeMost, size);
    return size;
  };
  try {
    const group = await attacker.conversations.createGroupWithIdentifiers([
      { identifier: address, identifierKind: ethereum },
      { identifier: friend.address, identifierKind: ethereum },
    ]);
    await listedOne.conversations.sync();
    const hers = (await listedOne.conversations.getConversationById(group.id))!;
    const heard = async () =>
      (await mailbox.inbox.list({ conversationId: group.id, limit: 1_000 })).filter(
        ({ sender }) => sender === 'allowlisted',
      );
    await hers.sendText('before the flood');
    await waitFor(async () => (await heard()).length === 1, { timeoutMs: 60_000, what: 'the first words' });
    const homeBefore = await measure();

    const inGroup = Math.floor(messages / 2);
    let listedWrote = 1;
    for (let sent = 0; sent < inGroup; sent += sendAtOnce) {
      signal.throwIfAborted();
      const count = Math.min(sendAtOnce, inGroup - sent);
      for (let index = 0; index < count; index += 1) await group.sendText(textOf(sent + index, bytes), true);
      await group.publishMessages();
      if ((sent / sendAtOnce) % 5 === 0) {
        await hers.sendText(`meanwhile ${sent}`);
        listedWrote += 1;
      }
      onProgress(`group: ${sent + count} of ${inGroup}, home ${mega(await measure())}`);
    }
    for (let sent = 0; sent < messages - inGroup; sent += sendAtOnce) {
      signal.throwIfAborted();
      const count = Math.min(sendAtOnce, messages - inGroup - sent);
      await writeAll(
        attacker,
        address,
        Array.from({ length: count }, (_, index) => textOf(sent + index, bytes)),
      );
      onProgress(`direct: ${sent + count} of ${messages - inGroup}, home ${mega(await measure())}`);
    }
    await hers.sendText('after the flood');
    listedWrote += 1;
    await waitFor(async () => (await heard()).length === listedWrote, {
      timeoutMs: 120_000,
      what: 'the last words',
    }).catch(() => undefined);
    const readable = async () => {
      const seen = await mailbox.client.conversations.getConversationById(group.id);
      const texts = (await seen!.messages()).flatMap(({ content, senderInboxId }) =>
        typeof content === 'string' && senderInboxId === attacker.inboxId ? [content.length] : [],
      );
      return texts.reduce((sum, each) => sum + each, 0);
    };
    await waitFor(async () => (await readable()) <= budget, { timeoutMs: 120_000, what: 'the budget' }).catch(
      () => undefined,
    );
    const kept = await readable();
    const { denied } = mailbox.status().conversations;
    const fetched = mailbox.inbox.dropped().reduce((sum, { count }) => sum + count, 0);
    const listedHeard = (await heard()).length;
    await mailbox.close();
    const homeAfter = await measure();

    onProgress('expiry');
    mailbox = await open(0);
    await waitFor(async () => (await readable()) === 0, { timeoutMs: 120_000, what: 'the expiry' }).catch(
      () => undefined,
    );
    return {
      written: messages * bytes,
      homeBefore,
      homeAfter,
      homeMost,
      readable: kept,
      readableAfterExpiry: await readable(),
      isDenied: denied > 0,
      fetched,
      listedWrote,
      listedHeard,
    };
  } finally {
    await mailbox.close();
  }
}

export const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Cannot be compressed away. */
function textOf(index: number, bytes: number): string {
  const unit = `${index} ${crypto.randomUUID()} `;
  return unit.repeat(Math.ceil(bytes / unit.length)).slice(0, bytes);
}

async function sizeOf(folder: string): Promise<number> {
  let sum = 0;
  for (const name of await readdir(folder)) {
    // A file of SQLite may go while it is looked at.
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() === true) sum += found.size;
  }
  return sum;
}
