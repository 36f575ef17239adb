// A program on xmtp-core itself, without a server in front of it.
import { signerOf } from './sdk-client.ts';
import { type Mailbox, openMailbox } from '@xmtp-messaging/xmtp-core';
import { inParallel } from '../measure/in-parallel.ts';
import { createWallClock } from '../measure/create-wall-clock.ts';
import { emitEvent, serveCalls } from '../processes/serve-calls.ts';
import type { Arrival } from './arrival-of.ts';
import type { SendJob } from './create-naive-sender.ts';
import type { Identity } from './new-identity.ts';
import { payload } from './payload.ts';

let opened: Mailbox | null = null;

function mailbox(): Mailbox {
  if (opened === null) throw new Error('call open first');
  return opened;
}

const sendAll = async ({ to, count, callers }: SendJob): Promise<number> => {
  const start = performance.now();
  await inParallel(callers, count, (index) =>
    mailbox().send({ to: { address: to[index % to.length] as `0x${string}` }, text: payload(index) }),
  );
  return performance.now() - start;
};

const calls = {
  async open({ privateKey, folder, networkUrl }: Identity) {
    opened = await openMailbox({
      signer: signerOf(privateKey),
      home: folder,
      network: { env: 'local', apiUrl: networkUrl },
      admit: () => ({ admit: true, sender: 'allowlisted' }),
    });
    return { inboxId: mailbox().inboxId };
  },

  /** Makes the conversations, so that sending alone is measured. */
  prepare: async (to: readonly string[]) => void (await sendAll({ to, count: to.length, callers: 1 })),

  /** `mailbox.send` from `callers` callers at once, recipients in turn. Resolves to milliseconds. */
  send: sendAll,

  /** Reports each message that the delivery loop hands over as an event. */
  async deliver() {
    const clock = createWallClock();
    mailbox().inbox.deliver(({ text, sentAt }) => {
      if (text !== null) emitEvent({ stampedAt: sentAt, receivedAt: clock() } satisfies Arrival);
    });
  },
};

export type MailboxCalls = typeof calls;

serveCalls(calls);
