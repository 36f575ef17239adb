import { tmpdir } from 'node:os';
import { wallClock } from '@xmtp-messaging/errors';
import { createMailbox } from '../create-mailbox.ts';
import { mailboxError } from '../errors.ts';
import { homePaths } from '../home/open-home.ts';
import { inMemory } from '../journal/open-database.ts';
import type { MailboxStatus } from '../health/status-types.ts';
import type { Address, MailboxSigner, SendRequest, SendResult } from '../types.ts';
import { createMemoryClient } from './create-memory-client.ts';
import { createMemoryNetwork } from './create-memory-network.ts';
import { encodeContent } from './encode-content.ts';
import type { TakenMessage, TestMailbox, TestMailboxOptions, TestMessage } from './types.ts';
import { openedInMemory } from './opened-in-memory.ts';

/**
 * Opens a mailbox for tests: everything is that of `openMailbox` but the network and the files, which are in memory. Nothing
 * of the SDK is loaded, so it has no `client`. Close it, as any mailbox; nothing is left behind.
 */
export async function createTestMailbox(options: TestMailboxOptions = {}): Promise<TestMailbox> {
  const {
    address = '0x000000000000000000000000000000000000a9e7',
    sender = '0x00000000000000000000000000000000000a11ce',
    absent = [],
    now = wallClock,
    admit = () => ({ admit: true, sender: 'allowlisted' }),
    ...rest
  } = options;
  const taken: TakenMessage[] = [];
  const network = createMemoryNetwork({ absent, now });
  const client = createMemoryClient({
    network,
    address,
    onTaken(group, { id, text, replyTo, content }) {
      taken.push({
        messageId: id,
        conversationId: group.id,
        to: [...group.others].flatMap((inboxId) => network.addressesOf(inboxId)),
        text,
        contentType: content.type?.typeId ?? 'unknown',
        replyTo,
        content,
      });
    },
  });
  const mailbox = await createMailbox({
    options: { ...rest, now, admit, network: { env: 'local' }, home: 'memory', signer: noSigner },
    address: address.toLowerCase() as Address,
    paths: { ...homePaths(tmpdir()), journal: inMemory },
    opened: openedInMemory(client, true),
    unlock: () => undefined,
  });
  await client.listening;

  const sends: SendRequest[] = [];
  let answer: ((request: SendRequest) => Promise<SendResult>) | null = null;
  let shown: Partial<MailboxStatus> = {};
  let subscribers = 0;
  let posts = 0;

  const post = async (message: TestMessage = {}) => {
    posts += 1;
    const { text = `message ${posts}`, from = sender, contentType = 'xmtp.org/text:1.0', replyTo = null } = message;
    const senderInboxId = network.inboxOf(typeof from === 'string' ? [from] : from);
    const group = message.group === undefined ? network.direct(senderInboxId) : network.group(message.group);
    group.others.add(senderInboxId);
    const { messageId, sentAt } = message;
    const content = message.content ?? encodeContent(text, contentType, replyTo);
    const written = network.write({ group, senderInboxId, content, messageId, sentAt });
    group.posted.push({ ...written, isPublished: true });
    await client.ring(group);
    return written.id;
  };

  return {
    ...mailbox,
    get client(): never {
      throw new Error('A mailbox in memory has no client of the SDK.');
    },
    inbox: {
      ...mailbox.inbox,
      subscribe(listener) {
        const unsubscribe = mailbox.inbox.subscribe(listener);
        subscribers += 1;
        let isOver = false;
        return () => {
          if (!isOver) subscribers -= 1;
          isOver = true;
          unsubscribe();
        };
      },
    },
    async send(request) {
      sends.push(request);
      return await (answer === null ? mailbox.send(request) : answer(request));
    },
    status: () => ({ ...mailbox.status(), ...shown }),
    post,
    async receive(message) {
      const accepted = await mailbox.inbox.get(await post(message));
      if (accepted === null) throw mailboxError('INVALID_REQUEST', { detail: notAccepted });
      return accepted;
    },
    sends,
    taken,
    breakNetwork: network.break,
    answerSends(next) {
      answer = next;
    },
    showStatus(part) {
      shown = { ...shown, ...part };
    },
    get subscribers() {
      return subscribers;
    },
  };
}

const notAccepted = 'The message was not accepted: inbox.dropped() and status().inbox.waiting say why.';

/** The home is registered already, so nobody is asked to sign. */
const noSigner: MailboxSigner = {
  type: 'EOA',
  getIdentifier: () => Promise.reject(new Error('A mailbox in memory needs no signer.')),
  signMessage: () => Promise.reject(new Error('A mailbox in memory needs no signer.')),
};
